using Commonwatt.Ledger.Validation;
using Commonwatt.Ledger.Wire;

namespace Commonwatt.Simulation.Running;

/// <summary>How a run leaves its ledger to a node that goes on with it: the market stays open.</summary>
/// <param name="At">When the run ends, on the ledger's clock. The scenario must last longer than that by the listing's lead, so that members have bid for what is open by then.</param>
/// <param name="InvoicesUntil">Up to when the ends of invoices are set, at the starts of months in the community's time zone.</param>
internal sealed record LedgerHandover(Instant At, Instant InvoicesUntil)
{
    /// <summary>What the manager does beside founding the community, such as granting roles.</summary>
    public IReadOnlyList<Call> FurtherCalls { get; init; } = [];

    /// <summary>Told each block once it is final, in order, from the first; or null. The run waits for it.</summary>
    public Action<FinalBlock>? OnFinal { get; init; }

    /// <summary>How many bytes of the ledger file to reserve ahead, as the node does that goes on with it.</summary>
    public int Reserve { get; init; } = 4 * 1024 * 1024;

    /// <summary>After how many blocks to write a snapshot, from which the node goes on without executing all again.</summary>
    public int SnapshotEvery { get; init; } = 500;
}
