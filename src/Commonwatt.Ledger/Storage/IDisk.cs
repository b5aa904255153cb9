namespace Commonwatt.Ledger.Storage;

/// <summary>A folder of files, as a node needs it. Tests put a disk in its place that crashes and tears writes.</summary>
public interface IDisk
{
    /// <summary>Opens a file for reading and writing, and makes an empty one where there is none.</summary>
    IDiskFile Open(string name);

    /// <summary>The names of all files, in ordinal order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Gives a file another name, in the place of what has that name.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file, if there is one.</summary>
    void Delete(string name);

    /// <summary>Makes names durable: what was made, renamed or removed before stays so after a loss of power.</summary>
    void SyncFolder();
}

/// <summary>An open file.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads from a place on, up to the end of the file.</summary>
    /// <returns>How many bytes were read.</returns>
    int Read(long offset, Span<byte> destination);

    /// <summary>Writes at a place; the file grows where it must.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file off, or extends it with zeros.</summary>
    void SetLength(long length);

    /// <summary>Makes all that was written durable. A failure is final: what reached the disk is then unknown.</summary>
    void Sync();
}
