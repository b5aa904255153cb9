using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Commonwatt.Ledger.Storage;

/// <summary>A real folder, of one process at a time: while a file of it is open for writing, nobody else can open one so.</summary>
public sealed partial class FolderDisk : IDisk
{
    private const string LockName = "in-use.lock";

    private readonly string folder;
    private readonly bool isReadOnly;
    private readonly Lock gate = new();
    private SafeFileHandle? claim;
    private int openFiles;

    /// <summary>The folder at a path.</summary>
    /// <param name="folder">The path; a folder to write in is made where there is none.</param>
    /// <param name="isReadOnly">Whether files are only read: then none is made, and one that another process writes can be read.</param>
    public FolderDisk(string folder, bool isReadOnly = false)
    {
        this.folder = Path.GetFullPath(folder);
        this.isReadOnly = isReadOnly;
        if (!isReadOnly)
        {
            Directory.CreateDirectory(this.folder);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">Another process has files of the folder open for writing.</exception>
    public IDiskFile Open(string name)
    {
        if (isReadOnly)
        {
            return new FolderFile(File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite), onClose: null);
        }

        Claim();
        try
        {
            // A reader beside, such as one that verifies, is welcome.
            return new FolderFile(File.OpenHandle(PathOf(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read), Release);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(PathOf(name));

    /// <inheritdoc/>
    public void SyncFolder()
    {
        // Windows keeps names durable by itself, and has no handle of a folder to sync.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = OpenFolder(folder, flags: 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened to sync it (error {Marshal.GetLastPInvokeError()}).");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (SyncDescriptor(descriptor) != 0)
        {
            throw new IOException($"The folder {folder} cannot be synced (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncDescriptor(int descriptor);

    // Not every system refuses two writers of one file: the lock on a file of its own does, and ends with the process.
    private void Claim()
    {
        lock (gate)
        {
            try
            {
                claim ??= File.OpenHandle(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception)
            {
                throw new IOException($"The folder {folder} is in use by another process ({exception.Message}): stop that one first, or choose another folder.", exception);
            }

            openFiles++;
        }
    }

    private void Release()
    {
        lock (gate)
        {
            openFiles--;
            if (openFiles == 0)
            {
                claim!.Dispose();
                claim = null;
            }
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private sealed class FolderFile(SafeFileHandle handle, Action? onClose) : IDiskFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> destination)
        {
            int total = 0;
            while (total < destination.Length)
            {
                int read = RandomAccess.Read(handle, destination[total..], offset + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose()
        {
            if (!handle.IsClosed)
            {
                handle.Dispose();
                onClose?.Invoke();
            }
        }
    }
}
