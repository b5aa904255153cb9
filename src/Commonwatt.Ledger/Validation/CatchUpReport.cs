namespace Commonwatt.Ledger.Validation;

/// <summary>What a node took from another one.</summary>
/// <param name="Before">The height of its newest block before, or null where it had none.</param>
/// <param name="Height">The height of its newest block now; every block up to it was found right and is durable. Null where it still has none.</param>
/// <param name="SnapshotHeight">The height of the snapshot it took, or null where it took none and executed every block itself.</param>
/// <param name="ExecutedBlocks">How many of the blocks that it took it executed; those below a snapshot are checked by hashes and certificates alone.</param>
/// <param name="Fault">Why it stopped before the source's newest block, in a sentence, or null where it did not. What it has is right all the same: the rest may come from another source.</param>
public sealed record CatchUpReport(ulong? Before, ulong? Height, ulong? SnapshotHeight, ulong ExecutedBlocks, string? Fault)
{
    /// <summary>Whether nothing was wrong: the node has what the source has.</summary>
    public bool IsComplete => Fault is null;

    /// <summary>How many blocks it took.</summary>
    public ulong TakenBlocks => (Height + 1 ?? 0) - (Before + 1 ?? 0);
}
