using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Hosting;

/// <summary>A transaction that was handed to this node and has no answer yet.</summary>
/// <param name="transaction">The transaction as it was sent first.</param>
/// <param name="arrival">The how-manieth it is that came.</param>
internal sealed class Flight(SignedTransaction transaction, ulong arrival)
{
    private readonly TaskCompletionSource<TransactionAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The transaction as it was sent.</summary>
    public SignedTransaction Transaction { get; set; } = transaction;

    /// <summary>The how-manieth it is that came.</summary>
    public ulong Arrival => arrival;

    /// <summary>Whether it waits to be handed to the ledger node.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether the ledger node ever took it in: then it may stand in the order, whatever that node says later.</summary>
    public bool WasTakenIn { get; set; }

    /// <summary>Whether a final block may hold it that this node does not remember.</summary>
    public bool IsTraceLost { get; set; }

    /// <summary>When the ledger node was last given it, as the clock's timestamp.</summary>
    public long GivenAt { get; set; }

    /// <summary>The height up to which blocks must be final before it is sure that none of them holds it; null where nobody doubts.</summary>
    public ulong? DoubtedUpTo { get; set; }

    /// <summary>Done once the answer is known.</summary>
    public Task<TransactionAnswer> Answer => answer.Task;

    /// <summary>Gives the answer to all who wait.</summary>
    public void Complete(TransactionAnswer known) => answer.TrySetResult(known);
}
