using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Execution;

/// <summary>All entries of all tables, with the writes of the running call kept apart so that they can be taken back.</summary>
public sealed class LedgerState
{
    private readonly MerkleMap map = new();
    private readonly List<(MapLeaf Written, MapLeaf? Before)> journal = [];
    private readonly SortedDictionary<string, Int128> imbalances = new(StringComparer.Ordinal);
    private long accesses;
    private int limit = int.MaxValue;

    /// <summary>The state as it is now, which stays so.</summary>
    public MerkleMapVersion Freeze() => map.Freeze();

    /// <summary>An empty state with these entries, as a snapshot holds them.</summary>
    public static LedgerState Of(IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var state = new LedgerState();
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in entries)
        {
            state.map.Put(MapLeaf.Of(key.Span, value.Span));
        }

        return state;
    }

    /// <summary>How many reads and writes were made between the last <see cref="Begin"/> and its end.</summary>
    internal long LastAccesses { get; private set; }

    /// <summary>From here on, writes can be taken back, and reads and writes are counted.</summary>
    internal void Begin(int accessLimit)
    {
        journal.Clear();
        imbalances.Clear();
        accesses = 0;
        limit = accessLimit;
    }

    /// <summary>Keeps what was written since <see cref="Begin"/>.</summary>
    /// <exception cref="BrokenInvariantException">A quantity that must be conserved was not.</exception>
    internal void Commit()
    {
        foreach ((string table, Int128 difference) in imbalances)
        {
            if (difference != 0)
            {
                throw new BrokenInvariantException($"What the table {table} conserves changed by {difference}: it must add up to the same before and after every call.");
            }
        }

        End();
    }

    /// <summary>Takes back what was written since <see cref="Begin"/>.</summary>
    internal void Rollback()
    {
        for (int index = journal.Count - 1; index >= 0; index--)
        {
            (MapLeaf written, MapLeaf? before) = journal[index];
            if (before is null)
            {
                map.Remove(written.Key);
            }
            else
            {
                map.Put(before);
            }
        }

        End();
    }

    internal MapLeaf? Find(ReadOnlySpan<byte> key) => Counted(map.FindLeaf(key));

    internal MapLeaf? First(ReadOnlySpan<byte> prefix) => Counted(map.FirstLeaf(prefix));

    internal List<MapLeaf> Range(ReadOnlySpan<byte> prefix)
    {
        // What is over the limit is not even gathered: a large table must not cost more than a small one.
        List<MapLeaf> found = map.RangeOfLeaves(prefix, most: limit - accesses);
        Count(1);
        foreach (MapLeaf leaf in found)
        {
            Counted(leaf);
        }

        return found;
    }

    internal MapLeaf? Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var leaf = MapLeaf.Of(key, value);
        Counted(leaf);
        MapLeaf? before = map.Put(leaf);
        journal.Add((leaf, before));
        return before;
    }

    internal MapLeaf? Remove(ReadOnlySpan<byte> key)
    {
        Count(1);
        MapLeaf? before = map.Remove(key);
        if (before is not null)
        {
            journal.Add((before, before));
        }

        return before;
    }

    internal void Conserve(string table, Int128 difference)
    {
        imbalances.TryGetValue(table, out Int128 sum);
        imbalances[table] = sum + difference;
    }

    /// <summary>Counts so many reads and writes more.</summary>
    internal void Count(int more)
    {
        accesses += more;
        if (accesses > limit)
        {
            throw new WorkLimitException(limit);
        }
    }

    private void End()
    {
        journal.Clear();
        imbalances.Clear();
        limit = int.MaxValue;
        LastAccesses = accesses;
        accesses = 0;
    }

    // A large value takes its time to decode and to copy: each whole kibibyte of it is one more access.
    private MapLeaf? Counted(MapLeaf? leaf)
    {
        Count(1 + ((leaf?.Value.Length ?? 0) / TransactionLimits.BytesPerAccess));
        return leaf;
    }
}
