using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Commonwatt.Node.Configuration;

/// <summary>Keeps what a node writes to its owner: people, readings and keys are nobody else's to read.</summary>
internal static class OwnersFiles
{
    private const uint GroupAndOthers = 0b_000_111_111;
    private static readonly string[] Ours = ["community.", "projections.", "node.", "votes.log", "demo.json", "life.json"];

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whatever this process makes from now on is its owner's alone, whichever library makes it.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetUmask(GroupAndOthers);
        }
    }

    /// <summary>
    /// Makes a folder that is its owner's alone where there is none, and has whatever this process makes from now on be its owner's alone. A folder that is there stays as open as
    /// its owner made it: it may be a volume that a group shares, or one that others need. This program's files in it are closed where they can be.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <returns>What whoever runs the program should know, or null.</returns>
    public static string? Keep(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return null;
        }

        FromNowOn();
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, Owner);
            return null;
        }

        CloseFiles(folder);
        return (File.GetUnixFileMode(folder) & Others) == UnixFileMode.None
            ? null
            : $"The folder {Path.GetFullPath(folder)} is open to other users of this machine, who see what files stand in it: close it with chmod 700 unless they need it.";
    }

    // Files of earlier builds were everybody's to read. Links lead to what may be another's, and so does a folder that others use too.
    [UnsupportedOSPlatform("windows")]
    private static void CloseFiles(string folder)
    {
        try
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().Where(file => IsOurs(file.Name) && file.LinkTarget is null && (file.UnixFileMode & ~Owner) != UnixFileMode.None))
            {
                file.UnixFileMode &= Owner;
            }
        }
        catch (Exception foreign) when (foreign is UnauthorizedAccessException or IOException)
        {
            // They are another user's, who decides who reads them.
        }
    }

    private static bool IsOurs(string name) => Ours.Any(own => name.StartsWith(own, StringComparison.Ordinal)) || name.EndsWith(".ledger", StringComparison.Ordinal);

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetUmask(uint mask);
}
