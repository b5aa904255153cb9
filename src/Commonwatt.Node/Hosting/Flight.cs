using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Hosting;

/// <summary>A transaction that was handed to this node and has no answer yet.</summary>
internal sealed class Flight(SignedTransaction transaction)
{
    private readonly TaskCompletionSource<TransactionAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The transaction as it was sent.</summary>
    public SignedTransaction Transaction { get; set; } = transaction;

    /// <summary>Whether the ledger node has taken it in.</summary>
    public bool IsTakenIn { get; set; }

    /// <summary>When the ledger node was last given it, as the clock's timestamp.</summary>
    public long GivenAt { get; set; }

    /// <summary>The height up to which blocks must be final before it is sure that none of them holds it; null where nobody doubts.</summary>
    public ulong? DoubtedUpTo { get; set; }

    /// <summary>Done once the answer is known.</summary>
    public Task<TransactionAnswer> Answer => answer.Task;

    /// <summary>Gives the answer to all who wait.</summary>
    public void Complete(TransactionAnswer known) => answer.TrySetResult(known);
}
