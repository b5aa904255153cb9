using System.Buffers.Binary;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Orders batches within one process; each is on disk before it is acknowledged.</summary>
public sealed class LocalOrderer : IOrderer, IDisposable
{
    private const int DefaultReserve = 4 * 1024 * 1024;
    private const long DefaultRelease = 64 * 1024 * 1024;
    private const int PositionSize = 8;

    private readonly RecordLog log;
    private readonly long releaseAbove;
    private ulong first;
    private byte[] record = new byte[64 * 1024];

    private LocalOrderer(RecordLog log, long releaseAbove)
    {
        this.log = log;
        this.releaseAbove = releaseAbove;
        first = log.Count == 0 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(log.Read(0));
    }

    /// <summary>How many bytes of a batch that a crash had cut short were cut off when the log was opened.</summary>
    public long TornBytes => log.TornBytes;

    /// <summary>Opens the order of batches on a disk.</summary>
    /// <param name="disk">Where the file <c>batches.log</c> is.</param>
    /// <param name="reserve">How many bytes of it to reserve ahead.</param>
    /// <param name="releaseAbove">From how many bytes on the file is emptied once all in it is in durable blocks.</param>
    /// <exception cref="DamagedFileException">The file is harmed.</exception>
    public static LocalOrderer Open(IDisk disk, int reserve = DefaultReserve, long releaseAbove = DefaultRelease) =>
        new(RecordLog.Open(disk, "batches.log", reserve), releaseAbove);

    /// <inheritdoc/>
    public void Publish(SignedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int size = PositionSize + batch.Bytes.Length;
        if (record.Length < size)
        {
            record = new byte[size * 2];
        }

        BinaryPrimitives.WriteUInt64BigEndian(record, first + (ulong)log.Count);
        batch.Bytes.Span.CopyTo(record.AsSpan(PositionSize));
        log.Append(record.AsSpan(0, size));
        log.Sync();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(ulong position)
    {
        if (position < first)
        {
            throw new OrderLostException($"The order of batches begins at position {first}; position {position} is gone.");
        }

        return position - first < (ulong)log.Count ? log.Read((long)(position - first)).AsMemory(PositionSize) : default(ReadOnlyMemory<byte>?);
    }

    /// <inheritdoc/>
    public void Release(ulong position)
    {
        ulong end = first + (ulong)log.Count;
        if (position < end || (position == end && log.Count > 0 && log.Bytes < releaseAbove))
        {
            return;
        }

        if (log.Count > 0)
        {
            log.Clear();
        }

        // An empty file does not say where it begins; a block that is durable does.
        first = position;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (log)
        {
            log.Trim();
        }
    }
}
