namespace Commonwatt.Ledger.Storage;

/// <summary>An append-only file of records, each framed and checksummed. The last write may be torn by a crash; nothing else may be amiss.</summary>
public sealed class RecordLog : IDisposable
{
    /// <summary>The first sixteen bytes of every log file.</summary>
    internal static readonly byte[] Signature = "commonwatt/log/1"u8.ToArray();

    private readonly IDiskFile file;
    private readonly int reserve;
    private readonly List<long> offsets;
    private long end;
    private long reservedEnd;
    private long synced;
    private bool hasFailed;
    private byte[] frame = [];

    private RecordLog(IDiskFile file, int reserve, List<long> offsets, long end, long tornBytes)
    {
        this.file = file;
        this.reserve = reserve;
        this.offsets = offsets;
        this.end = end;
        TornBytes = tornBytes;
        synced = offsets.Count;
        reservedEnd = file.Length;
    }

    /// <summary>How many records there are.</summary>
    public long Count => offsets.Count;

    /// <summary>How many bytes all records take with their heads.</summary>
    public long Bytes => end;

    /// <summary>How many bytes of a write that a crash had cut short were cut off when the file was opened.</summary>
    public long TornBytes { get; }

    /// <summary>Opens a log, checks every record, and cuts off the torn end of a write that was never acknowledged.</summary>
    /// <param name="disk">Where the file is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="reserve">How many bytes to reserve ahead, so that a sync has nothing but the record to write; 0 for none.</param>
    /// <param name="onRecord">Told each record, in order.</param>
    /// <exception cref="DamagedFileException">The file is no log, or a record that others follow is harmed.</exception>
    public static RecordLog Open(IDisk disk, string name, int reserve = 0, Action<ReadOnlyMemory<byte>>? onRecord = null)
    {
        ArgumentNullException.ThrowIfNull(disk);
        IDiskFile file = disk.Open(name);
        try
        {
            if (RecordScan.IsFresh(file))
            {
                file.SetLength(0);
                file.Write(0, Signature);
                file.Sync();
                disk.SyncFolder();
                return new RecordLog(file, reserve, [], Signature.Length, tornBytes: 0);
            }

            var offsets = new List<long>();
            long end = RecordScan.Run(file, name, (offset, record) =>
            {
                offsets.Add(offset);
                onRecord?.Invoke(record);
            });
            long torn = RecordScan.WrittenBytesAfter(file, end, name, offsets.Count);
            if (torn > 0)
            {
                file.SetLength(end);
            }

            // What a process that was killed had written may still be in the system's memory alone.
            file.Sync();
            return new RecordLog(file, reserve, offsets, end, torn);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends a record. It is durable only after <see cref="Sync"/>.</summary>
    /// <exception cref="ArgumentException">The record is empty or larger than 64 MiB.</exception>
    /// <exception cref="IOException">The disk failed, now or before: what reached it is unknown, and nothing is tried again.</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        if (record.Length is 0 or > RecordFrame.MostBytes)
        {
            throw new ArgumentException($"A record has 1 to {RecordFrame.MostBytes} bytes, not {record.Length}.", nameof(record));
        }

        int size = RecordFrame.HeadSize + record.Length;
        if (frame.Length < size)
        {
            frame = new byte[size * 2];
        }

        RecordFrame.Write(frame, Count, Count - synced, record);
        OnDisk(() =>
        {
            Reserve(end + size);
            file.Write(end, frame.AsSpan(0, size));
        });
        offsets.Add(end);
        end += size;
    }

    /// <summary>Makes all records durable.</summary>
    /// <exception cref="IOException">The disk failed, now or before: what reached it is unknown, and nothing is tried again.</exception>
    public void Sync()
    {
        OnDisk(file.Sync);
        synced = Count;
    }

    /// <summary>The record with a number, from 0.</summary>
    /// <exception cref="DamagedFileException">It is harmed.</exception>
    public byte[] Read(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        long offset = offsets[(int)number];
        long next = number + 1 < Count ? offsets[(int)number + 1] : end;
        byte[] bytes = new byte[next - offset];
        int read = file.Read(offset, bytes);
        return RecordFrame.TryRead(bytes.AsSpan(0, read), number, out ReadOnlySpan<byte> record)
            ? record.ToArray()
            : throw new DamagedFileException($"Record {number} at byte {offset} is harmed.");
    }

    /// <summary>Forgets all records: for a log that was only transport.</summary>
    public void Clear()
    {
        OnDisk(() =>
        {
            file.SetLength(Signature.Length);
            file.Sync();
        });
        offsets.Clear();
        synced = 0;
        end = Signature.Length;
        reservedEnd = end;
    }

    /// <summary>Gives back the space that was reserved and not used. After a failure of the disk it leaves the file alone.</summary>
    public void Trim()
    {
        if (!hasFailed && file.Length > end)
        {
            OnDisk(() =>
            {
                file.SetLength(end);
                file.Sync();
            });
            reservedEnd = end;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void OnDisk(Action step)
    {
        if (hasFailed)
        {
            throw new IOException("The disk failed before: nothing more is written to this file.");
        }

        hasFailed = true;
        step();
        hasFailed = false;
    }

    // Zeros are really written: a file that is merely longer gets its blocks only when they are used, and syncing them costs more.
    // Room for one more head is always left, so that a file of which the end must not be missing shows it.
    private void Reserve(long needed)
    {
        if (reserve == 0 || needed + RecordFrame.HeadSize <= reservedEnd)
        {
            return;
        }

        long target = needed + reserve;
        long from = long.Max(reservedEnd, end);
        byte[] zeros = new byte[long.Min(target - from, 1024 * 1024)];
        for (long at = from; at < target; at += zeros.Length)
        {
            file.Write(at, zeros.AsSpan(0, (int)long.Min(zeros.Length, target - at)));
        }

        file.Sync();
        reservedEnd = target;
    }
}
