namespace Commonwatt.Ledger.Validation;

/// <summary>What a node found when it started.</summary>
/// <param name="Height">The height of the newest block that was final.</param>
/// <param name="SnapshotHeight">The height of the snapshot it started from, or null.</param>
/// <param name="ReplayedBlocks">How many blocks it executed again.</param>
/// <param name="TornBytes">How many bytes of a write cut short by a crash it cut off.</param>
public sealed record Recovery(ulong Height, ulong? SnapshotHeight, ulong ReplayedBlocks, long TornBytes)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString()
    {
        string from = SnapshotHeight is { } height ? $"the snapshot at height {height}" : "the genesis";
        string torn = TornBytes > 0 ? $"; {TornBytes} bytes of a write that was cut short, and never acknowledged, were cut off" : "";
        return $"Recovered height {Height} from {from} and {ReplayedBlocks} blocks after it{torn}.";
    }
}
