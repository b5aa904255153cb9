using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Orders batches within one process; each is on disk before it is acknowledged.</summary>
public sealed class LocalOrderer : IOrderer, IDisposable
{
    private const int DefaultReserve = 4 * 1024 * 1024;
    private const long DefaultRelease = 64 * 1024 * 1024;

    private readonly RecordLog log;

    private readonly long releaseAbove;

    private LocalOrderer(RecordLog log, long releaseAbove)
    {
        this.log = log;
        this.releaseAbove = releaseAbove;
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
        log.Append(batch.Bytes.Span);
        log.Sync();
    }

    /// <inheritdoc/>
    public SignedBatch? Read(long position) => position < log.Count ? SignedBatch.Decode(log.Read(position)) : null;

    /// <inheritdoc/>
    public long Release(long position)
    {
        if (position != log.Count || log.Bytes < releaseAbove)
        {
            return position;
        }

        log.Clear();
        return 0;
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
