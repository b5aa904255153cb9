using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Which headers of a ledger a light client is told: every so many blocks, or the first of every stretch of time.</summary>
public sealed class HeaderInterval
{
    private readonly ulong blocks;
    private readonly long milliseconds;

    private HeaderInterval(ulong blocks, long milliseconds)
    {
        this.blocks = blocks;
        this.milliseconds = milliseconds;
    }

    /// <summary>Every so many blocks: the heights that this divides; with 1 all.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blocks"/> is 0.</exception>
    public static HeaderInterval OfBlocks(ulong blocks)
    {
        ArgumentOutOfRangeException.ThrowIfZero(blocks);
        return new HeaderInterval(blocks, milliseconds: 0);
    }

    /// <summary>The first block of every stretch of this length, counted from 1970-01-01T00:00:00Z: with an hour, the first of each hour that has one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is below a millisecond.</exception>
    public static HeaderInterval OfTime(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromMilliseconds(1));
        return new HeaderInterval(blocks: 0, time.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Whether a header is to be told.</summary>
    /// <param name="header">The header.</param>
    /// <param name="told">The last one that was told, or null.</param>
    public bool Takes(BlockHeader header, BlockHeader? told)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (told is null)
        {
            return true;
        }

        return blocks == 0
            ? header.Time.UnixMilliseconds / milliseconds != told.Time.UnixMilliseconds / milliseconds
            : header.Height % blocks == 0;
    }
}
