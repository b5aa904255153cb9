using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <summary>What became of the transactions of the newest final blocks, so that one that is sent again gets its first answer.</summary>
/// <param name="most">How many to remember.</param>
internal sealed class RecentTransactions(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Hash, Found> known = [];
    private readonly Queue<Hash> byAge = new();

    /// <summary>Takes in a final block's transactions.</summary>
    public void Take(FinalBlock block)
    {
        lock (gate)
        {
            for (int index = 0; index < block.Transactions.Count; index++)
            {
                Outcome outcome = block.Executed.Receipts[block.Executed.ScheduledCount + index].Outcome;
                Take(block.Transactions[index].Id, new Found(block.Header.Height, outcome));
            }
        }
    }

    /// <summary>Takes in that a final block holds a transaction, whose receipt is not at hand.</summary>
    public void Take(SignedTransaction transaction, ulong height)
    {
        lock (gate)
        {
            Take(transaction.Id, new Found(height, Outcome: null));
        }
    }

    /// <summary>What became of a transaction, or null where it is not among those remembered.</summary>
    public TransactionAnswer? Find(Hash id)
    {
        lock (gate)
        {
            return !known.TryGetValue(id, out Found? found) ? null
                : found.Outcome is { } outcome ? TransactionAnswer.Certified(id, found.Height, outcome)
                : TransactionAnswer.WithoutReceipt(id, found.Height);
        }
    }

    /// <summary>What became of a transaction for good, or null where that is not known.</summary>
    public TransactionAnswer? FindSettled(Hash id) => Find(id) is { } answer && !MayChange(answer) ? answer : null;

    /// <summary>Whether a transaction that got this answer in a block may get another one in a later block: it did not use its nonce.</summary>
    public static bool MayChange(TransactionAnswer answer) => answer.Outcome.Code is "bad-signature" or "unknown-sender" or "expires-too-late" or "block-full";

    // A transaction that comes twice is refused the second time, and the first receipt counts.
    private void Take(Hash id, Found found)
    {
        if (!known.TryGetValue(id, out Found? earlier))
        {
            byAge.Enqueue(id);
            known.Add(id, found);
        }
        else if (found.Height > earlier.Height && IsNews(id, earlier, found))
        {
            known[id] = found;
        }

        while (byAge.Count > most)
        {
            known.Remove(byAge.Dequeue());
        }
    }

    // What had no room in one block and finds its nonce used in a later one was overtaken: it was in none between.
    private static bool IsNews(Hash id, Found earlier, Found found) => earlier.Outcome is { } outcome
        ? (found.Outcome?.Code is not "nonce-used" || outcome.Code == "block-full") && MayChange(TransactionAnswer.Certified(id, earlier.Height, outcome))
        : found.Outcome is { Code: not "nonce-used" } receipt && !MayChange(TransactionAnswer.Certified(id, found.Height, receipt));

    private sealed record Found(ulong Height, Outcome? Outcome);
}
