namespace Commonwatt.Ledger.Storage;

/// <summary>Reads the records of a log that somebody else appends to meanwhile. Several threads may read at once.</summary>
/// <remarks>Only records that are known to be synced may be asked for: what stands behind them may be half written.</remarks>
public sealed class RecordReader : IDisposable
{
    private readonly IDiskFile file;
    private readonly string name;
    private readonly Lock gate = new();

    // Where each record stands, as far as it was needed, and the place after the last of them.
    private readonly List<long> offsets = [];
    private long next = RecordLog.Signature.Length;

    private RecordReader(IDiskFile file, string name)
    {
        this.file = file;
        this.name = name;
    }

    /// <summary>Opens a log for reading.</summary>
    /// <param name="disk">Where the file is; one that only reads leaves whoever writes it alone.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static RecordReader Open(IDisk disk, string name)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return new RecordReader(disk.Open(name), name);
    }

    /// <summary>The record with a number, from 0, which must be synced.</summary>
    /// <exception cref="DamagedFileException">It is harmed, or not there.</exception>
    public byte[] Read(ulong number)
    {
        long offset = OffsetOf(number);
        (uint length, _, _, _) = ReadHead(offset, number);
        byte[] bytes = new byte[RecordFrame.HeadSize + (int)length];
        int read = file.Read(offset, bytes);
        return RecordFrame.TryRead(bytes.AsSpan(0, read), (long)number, out ReadOnlySpan<byte> record)
            ? record.ToArray()
            : throw Harmed(number, offset);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private long OffsetOf(ulong number)
    {
        lock (gate)
        {
            while ((ulong)offsets.Count <= number)
            {
                (uint length, _, _, _) = ReadHead(next, (ulong)offsets.Count);
                offsets.Add(next);
                next += RecordFrame.HeadSize + length;
            }

            return offsets[(int)number];
        }
    }

    private (uint Length, uint Checksum, uint Number, uint Unsynced) ReadHead(long offset, ulong number)
    {
        byte[] head = new byte[RecordFrame.HeadSize];
        int read = file.Read(offset, head);
        (uint Length, uint Checksum, uint Number, uint Unsynced) found = RecordFrame.ReadHead(head);
        return read == head.Length && found.Length is > 0 and <= RecordFrame.MostBytes && found.Number == (uint)number
            ? found
            : throw Harmed(number, offset);
    }

    private DamagedFileException Harmed(ulong number, long offset) => new($"{name}: record {number} at byte {offset} is harmed or not there.");
}
