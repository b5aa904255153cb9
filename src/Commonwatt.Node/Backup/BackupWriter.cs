using System.IO.Compression;
using System.Security.Cryptography;

namespace Commonwatt.Node.Backup;

/// <summary>Writes a backup: a zip file whose last entry lists the others with their hashes.</summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly FileStream file;
    private readonly ZipArchive archive;
    private readonly List<BackupFile> files = [];
    private readonly string path;
    private bool isDone;

    /// <summary>Begins a backup in a new file, which only its owner may read.</summary>
    /// <exception cref="InvalidDataException">There is such a file.</exception>
    public BackupWriter(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new InvalidDataException($"--out: '{path}' is there already, and a backup is never overwritten: name another file.");
        }

        this.path = path;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        file = new FileStream(path, options);
        archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Adds a file of the community's folder.</summary>
    /// <param name="name">Its path there, with slashes.</param>
    /// <param name="content">What is in it.</param>
    public void Add(string name, Stream content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        using Stream target = entry.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[128 * 1024];
        long bytes = 0;
        for (int read = content.Read(buffer); read > 0; read = content.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
            bytes += read;
        }

        files.Add(new BackupFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    /// <summary>Adds a file.</summary>
    public void AddFile(string name, string source)
    {
        using FileStream content = File.OpenRead(source);
        Add(name, content);
    }

    /// <summary>Ends the backup with the list of what is in it.</summary>
    /// <param name="list">Makes the list of the files.</param>
    public BackupManifest Finish(Func<IReadOnlyList<BackupFile>, BackupManifest> list)
    {
        BackupManifest manifest = list(files);
        using (Stream target = archive.CreateEntry(BackupManifest.EntryName).Open())
        {
            target.Write(manifest.ToBytes());
        }

        archive.Dispose();
        file.Flush(flushToDisk: true);
        isDone = true;
        return manifest;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        archive.Dispose();
        file.Dispose();
        if (!isDone)
        {
            File.Delete(path);
        }
    }
}
