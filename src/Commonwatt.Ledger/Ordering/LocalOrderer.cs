using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Orders batches within one process; each is on disk before it is acknowledged.</summary>
public sealed class LocalOrderer : IOrderer, IDisposable
{
    private const int DefaultReserve = 4 * 1024 * 1024;
    private const long ReleaseAbove = 64 * 1024 * 1024;

    private readonly RecordLog log;

    private LocalOrderer(RecordLog log) => this.log = log;

    /// <summary>How many bytes of a batch that a crash had cut short were cut off when the log was opened.</summary>
    public long TornBytes => log.TornBytes;

    /// <summary>Opens the order of batches on a disk.</summary>
    /// <param name="disk">Where the file <c>batches.log</c> is.</param>
    /// <param name="reserve">How many bytes of it to reserve ahead.</param>
    /// <exception cref="DamagedFileException">The file is harmed.</exception>
    public static LocalOrderer Open(IDisk disk, int reserve = DefaultReserve) => new(RecordLog.Open(disk, "batches.log", reserve));

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
        if (position != log.Count || log.Bytes < ReleaseAbove)
        {
            return position;
        }

        log.Clear();
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        log.Trim();
        log.Dispose();
    }
}
