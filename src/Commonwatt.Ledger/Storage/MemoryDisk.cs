namespace Commonwatt.Ledger.Storage;

/// <summary>Files in memory, for ledgers that are not to last.</summary>
public sealed class MemoryDisk : IDisk
{
    private readonly SortedDictionary<string, MemoryFile> files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IDiskFile Open(string name)
    {
        if (!files.TryGetValue(name, out MemoryFile? file))
        {
            file = new MemoryFile();
            files.Add(name, file);
        }

        return file;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. files.Keys];

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        files[to] = files[from];
        files.Remove(from);
    }

    /// <inheritdoc/>
    public void Delete(string name) => files.Remove(name);

    /// <inheritdoc/>
    public void SyncFolder()
    {
        // Nothing here outlives the process.
    }

    private sealed class MemoryFile : IDiskFile
    {
        private byte[] bytes = [];
        private int length;

        public long Length => length;

        public int Read(long offset, Span<byte> destination)
        {
            if (offset >= length)
            {
                return 0;
            }

            Span<byte> rest = bytes.AsSpan((int)offset, length - (int)offset);
            int count = int.Min(rest.Length, destination.Length);
            rest[..count].CopyTo(destination);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> written)
        {
            int end = checked((int)offset + written.Length);
            if (end > length)
            {
                SetLength(end);
            }

            written.CopyTo(bytes.AsSpan((int)offset));
        }

        public void SetLength(long newLength)
        {
            int size = checked((int)newLength);
            if (size > bytes.Length)
            {
                Array.Resize(ref bytes, (int)long.Min(Array.MaxLength, long.Max(size, bytes.Length * 2L)));
            }
            else if (size < length)
            {
                bytes.AsSpan(size, length - size).Clear();
            }

            length = size;
        }

        public void Sync()
        {
            // Nothing here outlives the process.
        }

        public void Dispose()
        {
            // The file stays open for whoever opens it next.
        }
    }
}
