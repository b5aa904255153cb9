using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Configuration;

/// <summary>A private key in a file (PEM) that only its owner may read.</summary>
internal static class KeyFile
{
    private const long MostBytes = 64 * 1024;

    /// <summary>Makes a key and writes it to a new file.</summary>
    /// <exception cref="InvalidDataException">There is such a file: a key is never overwritten.</exception>
    public static SigningKey Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (File.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is there already, and a key is never overwritten: name another file.");
        }

        var key = SigningKey.Create();
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(key.ToPem());
        return key;
    }

    /// <summary>Writes a key that is known already, such as one that is made from a seed and guards nothing; in place of what the file holds.</summary>
    public static void Write(string path, SigningKey key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(key.ToPem());
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="InvalidDataException">The file holds no key on P-256.</exception>
    public static SigningKey Read(string path)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new InvalidDataException($"{path}: a key file has at most {MostBytes} bytes.");
        }

        try
        {
            return SigningKey.FromPem(File.ReadAllText(path));
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message} './commonwatt key --out FILE' makes one.", wrong);
        }
    }

    /// <summary>Whether others than the owner may read the file.</summary>
    public static bool IsReadByOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None;
}
