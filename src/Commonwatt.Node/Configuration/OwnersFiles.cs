using System.Runtime.InteropServices;

namespace Commonwatt.Node.Configuration;

/// <summary>Keeps what a node writes to its owner: people, readings and keys are nobody else's to read.</summary>
internal static class OwnersFiles
{
    private const uint GroupAndOthers = 0b_000_111_111;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whatever this process makes from now on is its owner's alone, whichever library makes it.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetUmask(GroupAndOthers);
        }
    }

    /// <summary>Makes a folder its owner's alone, with the files in it, and whatever this process makes from now on.</summary>
    /// <param name="folder">The folder, which is made where there is none.</param>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public static void Keep(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        FromNowOn();
        Directory.CreateDirectory(folder, Owner);
        File.SetUnixFileMode(folder, Owner);

        // Files of earlier builds were everybody's to read. Links lead to what may be another's.
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LinkTarget is null && (file.UnixFileMode & ~Owner) != UnixFileMode.None))
        {
            file.UnixFileMode &= Owner;
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetUmask(uint mask);
}
