using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Merkle;

namespace Commonwatt.Ledger.Execution;

/// <summary>All that a contract can reach while a call runs: the time, the sender, the tables, and a place for events.</summary>
public sealed class CallContext : StateReader
{
    private readonly List<LedgerEvent> events = [];

    internal CallContext(LedgerState state, Hash ledgerId, ulong height, Instant time, CallOrigin origin, Address sender)
    {
        State = state;
        LedgerId = ledgerId;
        Height = height;
        Time = time;
        Origin = origin;
        Sender = sender;
    }

    /// <summary>The ledger: the hash of its genesis.</summary>
    public Hash LedgerId { get; }

    /// <summary>The height of the block.</summary>
    public ulong Height { get; }

    /// <summary>The time of the block: the only time there is.</summary>
    public Instant Time { get; }

    /// <summary>Where the call comes from.</summary>
    public CallOrigin Origin { get; }

    /// <summary>Who sent the transaction; for a scheduled call the contract itself.</summary>
    public Address Sender { get; }

    internal LedgerState State { get; }

    internal IReadOnlyList<LedgerEvent> Events => events;

    /// <summary>Counts work that neither reads nor writes state, before it is done, so that it has its price too.</summary>
    /// <param name="accesses">How many reads and writes take as long; zero or more. See <see cref="Transactions.TransactionLimits.AccessesPerSignature"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="accesses"/> is negative.</exception>
    public void CountWork(int accesses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(accesses);
        State.Count(accesses);
    }

    /// <summary>Tells the world what happened.</summary>
    public void Emit<T>(T happened)
        where T : IEvent<T> =>
        events.Add(new LedgerEvent(T.Name, CanonicalWriter.Encode(happened)));

    internal override MapLeaf? FindLeaf(ReadOnlySpan<byte> key) => State.Find(key);

    internal override MapLeaf? FirstLeaf(ReadOnlySpan<byte> prefix) => State.First(prefix);

    internal override List<MapLeaf> RangeOfLeaves(ReadOnlySpan<byte> prefix) => State.Range(prefix);
}
