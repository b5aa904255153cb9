namespace Commonwatt.Ledger.Validation;

/// <summary>How much a node takes from another one that it does not trust, and when it takes the shorter way.</summary>
public sealed record CatchUpLimits
{
    /// <summary>A snapshot is taken where it spares executing more blocks than this; <see cref="ulong.MaxValue"/> to execute every block.</summary>
    public ulong SnapshotAbove { get; init; } = 1000;

    /// <summary>The most bytes of a snapshot, more than 0.</summary>
    public long MostSnapshotBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>After how many bytes of blocks the ledger file is synced, more than 0. A crash loses no more than these.</summary>
    public long SyncEvery { get; init; } = 32 * 1024 * 1024;
}
