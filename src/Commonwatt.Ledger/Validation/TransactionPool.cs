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

    // What had no room leaves the others most of a batch, and one sender's is not sent again and again by the thousand for the few that fit.
    private const int HeldBytes = BatchBytes / 4;
    private const int MostHeldOfSender = 4 * (TransactionLimits.SenderStateAccesses / TransactionLimits.StateAccesses);

    private readonly Queue<SignedTransaction> again = new();
    private readonly Queue<SignedTransaction> waiting = new();
    private readonly Dictionary<Address, PriorityQueue<SignedTransaction, ulong>> held = [];
    private readonly Queue<Address> heldSenders = new();
    private readonly Dictionary<Address, ulong> lastNonces = [];
    private readonly Dictionary<Address, long> bytesOfSenders = [];
    private long bytes;
    private int heldCount;

    public int Count => again.Count + waiting.Count + heldCount;

    public bool IsFull => bytes >= MostBytes;

    /// <summary>Whether a sender has as much waiting as anybody may.</summary>
    public bool IsFullFor(Address sender) => bytesOfSenders.GetValueOrDefault(sender) >= MostBytesOfSender;

    /// <summary>The nonce of the sender's last transaction in here, or 0.</summary>
    public ulong LastNonce(Address sender) => lastNonces.GetValueOrDefault(sender);

    public void Add(SignedTransaction transaction)
    {
        waiting.Enqueue(transaction);
        Note(transaction);
    }

    /// <summary>Puts transactions back whose batch got lost: before all others, for their senders' later ones may wait already.</summary>
    public void AddAgain(IEnumerable<SignedTransaction> transactions)
    {
        foreach (SignedTransaction transaction in transactions)
        {
            again.Enqueue(transaction);
            Note(transaction);
        }
    }

    /// <summary>Puts transactions back that a block had no room for: before all later ones of their senders, which wait for them, and beside those of others.</summary>
    public void AddWithoutRoom(IEnumerable<SignedTransaction> transactions)
    {
        foreach (SignedTransaction transaction in transactions)
        {
            Hold(transaction);
            Note(transaction);
        }
    }

    /// <summary>Takes out what fits into one batch.</summary>
    public IReadOnlyList<SignedTransaction> TakeBatch()
    {
        var taken = new List<SignedTransaction>(int.Min(Count, 1024));
        int size = TakeHeld(taken);
        while ((again.TryPeek(out SignedTransaction? next) || waiting.TryPeek(out next)) && (taken.Count == 0 || size + next.Bytes.Length + 8 <= BatchBytes))
        {
            _ = again.Count > 0 ? again.Dequeue() : waiting.Dequeue();
            if (held.ContainsKey(next.Sender))
            {
                Hold(next);
            }
            else
            {
                size += Take(next, taken);
            }
        }

        return taken;
    }

    // One of each sender in turn, so that nobody waits behind somebody else's thousands.
    private int TakeHeld(List<SignedTransaction> taken)
    {
        int size = 0;
        for (int round = 0; round < MostHeldOfSender; round++)
        {
            for (int senders = heldSenders.Count; senders > 0; senders--)
            {
                Address sender = heldSenders.Peek();
                SignedTransaction next = held[sender].Peek();
                if (taken.Count > 0 && size + next.Bytes.Length + 8 > HeldBytes)
                {
                    return size;
                }

                TakeOutHeld(sender);
                size += Take(next, taken);
            }
        }

        return size;
    }

    private void TakeOutHeld(Address sender)
    {
        heldSenders.Dequeue();
        held[sender].Dequeue();
        heldCount--;
        if (held[sender].Count > 0)
        {
            heldSenders.Enqueue(sender);
        }
        else
        {
            held.Remove(sender);
        }
    }

    private int Take(SignedTransaction next, List<SignedTransaction> taken)
    {
        taken.Add(next);
        Weigh(next.Sender, -next.Bytes.Length);
        if (LastNonce(next.Sender) == next.Nonce)
        {
            lastNonces.Remove(next.Sender);
        }

        return next.Bytes.Length + 8;
    }

    // By nonce: a greater one that is executed first makes a lesser one void.
    private void Hold(SignedTransaction transaction)
    {
        if (!held.TryGetValue(transaction.Sender, out PriorityQueue<SignedTransaction, ulong>? own))
        {
            own = new PriorityQueue<SignedTransaction, ulong>();
            held.Add(transaction.Sender, own);
            heldSenders.Enqueue(transaction.Sender);
        }

        own.Enqueue(transaction, transaction.Nonce);
        heldCount++;
    }

    private void Note(SignedTransaction transaction)
    {
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
