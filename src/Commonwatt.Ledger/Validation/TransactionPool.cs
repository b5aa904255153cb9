using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <summary>Admitted transactions that wait for a batch, in order of arrival.</summary>
internal sealed class TransactionPool
{
    private const int BatchBytes = 1024 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    // What waits goes out in order of arrival: nobody holds the others up by more than sixteen batches.
    private const long MostBytesOfSender = MostBytes / 16;

    private readonly Queue<SignedTransaction> again = new();
    private readonly Queue<SignedTransaction> waiting = new();
    private readonly Dictionary<Address, ulong> lastNonces = [];
    private readonly Dictionary<Address, long> bytesOfSenders = [];
    private long bytes;

    public int Count => again.Count + waiting.Count;

    public bool IsFull => bytes >= MostBytes;

    /// <summary>Whether a sender has as much waiting as anybody may.</summary>
    public bool IsFullFor(Address sender) => bytesOfSenders.GetValueOrDefault(sender) >= MostBytesOfSender;

    /// <summary>The nonce of the sender's last transaction in here, or 0.</summary>
    public ulong LastNonce(Address sender) => lastNonces.GetValueOrDefault(sender);

    public void Add(SignedTransaction transaction) => Add(waiting, transaction);

    /// <summary>Puts transactions back whose batch got lost: before all others, for their senders' later ones may wait already.</summary>
    public void AddAgain(IEnumerable<SignedTransaction> transactions)
    {
        foreach (SignedTransaction transaction in transactions)
        {
            Add(again, transaction);
        }
    }

    /// <summary>Takes out what fits into one batch.</summary>
    public IReadOnlyList<SignedTransaction> TakeBatch()
    {
        var taken = new List<SignedTransaction>(int.Min(Count, 1024));
        int size = 0;
        while ((again.TryPeek(out SignedTransaction? next) || waiting.TryPeek(out next)) && (taken.Count == 0 || size + next.Bytes.Length + 8 <= BatchBytes))
        {
            _ = again.Count > 0 ? again.Dequeue() : waiting.Dequeue();
            taken.Add(next);
            size += next.Bytes.Length + 8;
            Weigh(next.Sender, -next.Bytes.Length);
            if (LastNonce(next.Sender) == next.Nonce)
            {
                lastNonces.Remove(next.Sender);
            }
        }

        return taken;
    }

    private void Add(Queue<SignedTransaction> queue, SignedTransaction transaction)
    {
        queue.Enqueue(transaction);
        lastNonces[transaction.Sender] = ulong.Max(LastNonce(transaction.Sender), transaction.Nonce);
        Weigh(transaction.Sender, transaction.Bytes.Length);
    }

    private void Weigh(Address sender, int more)
    {
        bytes += more;
        long left = bytesOfSenders.GetValueOrDefault(sender) + more;
        if (left == 0)
        {
            bytesOfSenders.Remove(sender);
        }
        else
        {
            bytesOfSenders[sender] = left;
        }
    }
}
