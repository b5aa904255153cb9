using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Merkle;

namespace Commonwatt.Ledger.Execution;

/// <summary>A table of a contract: entries by key, in key order, each with its place in the state map.</summary>
/// <remarks>
/// The key of an entry in the state map is <c>contract.table</c>, a zero byte, and the encoded key. The table itself
/// holds nothing: it reads from and writes to the context it is given.
/// </remarks>
/// <typeparam name="TKey">The type of the keys; they are ordered as their bytes are.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class Table<TKey, TValue>
    where TKey : ICanonical<TKey>
    where TValue : ICanonical<TValue>
{
    private readonly string name;
    private readonly byte[] prefix;
    private readonly Func<TValue, long>? conserved;

    internal Table(string name, Func<TValue, long>? conserved)
    {
        this.name = name;
        this.conserved = conserved;
        prefix = [.. System.Text.Encoding.ASCII.GetBytes(name), 0];
    }

    /// <summary>Finds the value of a key.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(StateReader state, TKey key, out TValue value)
    {
        var writer = new CanonicalWriter(stackalloc byte[128]);
        MapLeaf? leaf = state.FindLeaf(Encode(ref writer, key));
        value = leaf is null ? default! : CanonicalReader.Decode<TValue>(leaf.Value);
        return leaf is not null;
    }

    /// <summary>Whether there is an entry with this key.</summary>
    public bool Has(StateReader state, TKey key)
    {
        var writer = new CanonicalWriter(stackalloc byte[128]);
        return state.FindLeaf(Encode(ref writer, key)) is not null;
    }

    /// <summary>The value of a key, or <paramref name="otherwise"/> where there is none.</summary>
    public TValue FindOr(StateReader state, TKey key, TValue otherwise) => TryFind(state, key, out TValue value) ? value : otherwise;

    /// <summary>Sets the value of a key.</summary>
    public void Put(CallContext context, TKey key, TValue value)
    {
        var keyWriter = new CanonicalWriter(stackalloc byte[128]);
        var valueWriter = new CanonicalWriter(stackalloc byte[512]);
        value.Write(ref valueWriter);
        MapLeaf? before = context.State.Put(Encode(ref keyWriter, key), valueWriter.Written);
        if (conserved is not null)
        {
            context.State.Conserve(name, (Int128)conserved(value) - Conserved(before));
        }
    }

    /// <summary>Removes a key.</summary>
    /// <returns>Whether there was an entry.</returns>
    public bool Remove(CallContext context, TKey key)
    {
        var writer = new CanonicalWriter(stackalloc byte[128]);
        MapLeaf? before = context.State.Remove(Encode(ref writer, key));
        if (conserved is not null)
        {
            context.State.Conserve(name, -(Int128)Conserved(before));
        }

        return before is not null;
    }

    /// <summary>All entries in key order, as they are now.</summary>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> All(StateReader state) => Decode(state.RangeOfLeaves(prefix));

    /// <summary>The entries whose keys start with <paramref name="start"/>, in key order, as they are now.</summary>
    /// <typeparam name="TStart">The type of the first part of the key.</typeparam>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> StartingWith<TStart>(StateReader state, TStart start)
        where TStart : ICanonical<TStart>
    {
        var writer = new CanonicalWriter(stackalloc byte[128]);
        writer.Fixed(prefix);
        start.Write(ref writer);
        return Decode(state.RangeOfLeaves(writer.Written));
    }

    /// <summary>The first entry in key order.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFirst(StateReader state, out TKey key, out TValue value)
    {
        MapLeaf? leaf = state.FirstLeaf(prefix);
        key = leaf is null ? default! : CanonicalReader.Decode<TKey>(leaf.Key[prefix.Length..]);
        value = leaf is null ? default! : CanonicalReader.Decode<TValue>(leaf.Value);
        return leaf is not null;
    }

    /// <summary>The key of an entry in the state map, as proofs show it.</summary>
    public byte[] StateKey(TKey key)
    {
        var writer = new CanonicalWriter(stackalloc byte[128]);
        return Encode(ref writer, key).ToArray();
    }

    private ReadOnlySpan<byte> Encode(ref CanonicalWriter writer, TKey key)
    {
        writer.Fixed(prefix);
        key.Write(ref writer);
        return writer.Written;
    }

    private long Conserved(MapLeaf? before) => before is null ? 0 : conserved!(CanonicalReader.Decode<TValue>(before.Value));

    private KeyValuePair<TKey, TValue>[] Decode(List<MapLeaf> leaves)
    {
        var entries = new KeyValuePair<TKey, TValue>[leaves.Count];
        for (int index = 0; index < entries.Length; index++)
        {
            MapLeaf leaf = leaves[index];
            entries[index] = KeyValuePair.Create(
                CanonicalReader.Decode<TKey>(leaf.Key[prefix.Length..]),
                CanonicalReader.Decode<TValue>(leaf.Value));
        }

        return entries;
    }
}
