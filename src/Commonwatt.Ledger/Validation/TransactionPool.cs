using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <summary>Admitted transactions that wait for a batch, in order of arrival.</summary>
internal sealed class TransactionPool
{
    private const int BatchBytes = 1024 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly Queue<SignedTransaction> waiting = new();
    private readonly Dictionary<Address, ulong> lastNonces = [];
    private long bytes;

    public int Count => waiting.Count;

    public bool IsFull => bytes >= MostBytes;

    /// <summary>The nonce of the sender's last transaction in here, or 0.</summary>
    public ulong LastNonce(Address sender) => lastNonces.GetValueOrDefault(sender);

    public void Add(SignedTransaction transaction)
    {
        waiting.Enqueue(transaction);
        lastNonces[transaction.Sender] = transaction.Nonce;
        bytes += transaction.Bytes.Length;
    }

    /// <summary>Puts transactions back whose batch got lost. Those that were executed meanwhile are refused by their nonce.</summary>
    public void AddAgain(IEnumerable<SignedTransaction> transactions)
    {
        foreach (SignedTransaction transaction in transactions.Where(one => one.Nonce > LastNonce(one.Sender)))
        {
            Add(transaction);
        }
    }

    /// <summary>Takes out what fits into one batch.</summary>
    public IReadOnlyList<SignedTransaction> TakeBatch()
    {
        var taken = new List<SignedTransaction>(int.Min(waiting.Count, 1024));
        int size = 0;
        while (waiting.TryPeek(out SignedTransaction? next) && (taken.Count == 0 || size + next.Bytes.Length + 8 <= BatchBytes))
        {
            waiting.Dequeue();
            taken.Add(next);
            size += next.Bytes.Length + 8;
            bytes -= next.Bytes.Length;
            if (lastNonces[next.Sender] == next.Nonce)
            {
                lastNonces.Remove(next.Sender);
            }
        }

        return taken;
    }
}
