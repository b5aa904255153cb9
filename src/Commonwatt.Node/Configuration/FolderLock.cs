using System.Globalization;

namespace Commonwatt.Node.Configuration;

/// <summary>Holds a folder for one process, and says to a second one who holds it.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string LockName = "node.lock";

    // Beside the lock, which on some systems cannot be read while it is held.
    private const string HolderName = "node.holder";

    private readonly FileStream claim;
    private readonly string holder;

    private FolderLock(FileStream claim, string holder)
    {
        this.claim = claim;
        this.holder = holder;
    }

    /// <summary>Takes a folder.</summary>
    /// <param name="folder">The folder, which is made where there is none.</param>
    /// <param name="what">What takes it, such as <c>a node</c>.</param>
    /// <exception cref="IOException">Another process holds it; the message says which.</exception>
    public static FolderLock Take(string folder, string what)
    {
        Directory.CreateDirectory(folder);
        string holder = Path.Combine(folder, HolderName);
        FileStream claim;
        try
        {
            claim = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"The folder {Path.GetFullPath(folder)} is in use by {(File.Exists(holder) ? File.ReadAllText(holder) : "another process")}: stop that one first, or choose another folder.", taken);
        }

        File.WriteAllText(holder, string.Create(CultureInfo.InvariantCulture, $"{what} (process {Environment.ProcessId} on {Environment.MachineName}, since {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z)"));
        return new FolderLock(claim, holder);
    }

    /// <summary>Takes away the file of a lock that this process holds, so that the folder holds nothing of it.</summary>
    public static void Clear(string folder) => File.Delete(Path.Combine(folder, LockName));

    /// <summary>Whether a path is one of the files that hold a folder.</summary>
    public static bool IsOf(string path) => Path.GetFileName(path) is LockName or HolderName;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Whoever held the folder may have taken it away.
        if (File.Exists(holder))
        {
            File.Delete(holder);
        }

        claim.Dispose();
    }
}
