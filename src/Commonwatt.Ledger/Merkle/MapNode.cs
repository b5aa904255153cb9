using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Merkle;

/// <summary>A node of a <see cref="MerkleMap"/>: a leaf with an entry, or a branch.</summary>
internal abstract class MapNode
{
    private Hash hash;
    private bool isHashed;

    /// <summary>The node's hash, computed once: what changes a branch forgets it.</summary>
    public Hash Hash()
    {
        // Two threads may hash one version: both find the same, and neither reads what the other has half written.
        if (!Volatile.Read(ref isHashed))
        {
            hash = ComputeHash();
            Volatile.Write(ref isHashed, true);
        }

        return hash;
    }

    protected void ForgetHash() => isHashed = false;

    protected abstract Hash ComputeHash();
}

/// <summary>An entry: a key and its value. Never changed, only replaced.</summary>
internal sealed class MapLeaf(byte[] entry, int keyLength) : MapNode
{
    public ReadOnlySpan<byte> Key => entry.AsSpan(0, keyLength);

    public ReadOnlySpan<byte> Value => entry.AsSpan(keyLength);

    public ReadOnlyMemory<byte> KeyMemory => entry.AsMemory(0, keyLength);

    public ReadOnlyMemory<byte> ValueMemory => entry.AsMemory(keyLength);

    public static MapLeaf Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        byte[] entry = GC.AllocateUninitializedArray<byte>(key.Length + value.Length);
        key.CopyTo(entry);
        value.CopyTo(entry.AsSpan(key.Length));
        return new MapLeaf(entry, key.Length);
    }

    protected override Hash ComputeHash() => MapHash.OfLeaf(Key, Value);
}

/// <summary>A fork at the first place where the keys on its two sides differ.</summary>
internal sealed class MapBranch(int position, MapNode left, MapNode right, int epoch) : MapNode
{
    private MapNode left = left;
    private MapNode right = right;

    public int Position => position;

    public int Epoch => epoch;

    public MapNode Left => left;

    public MapNode Right => right;

    public MapNode Child(bool onRight) => onRight ? right : left;

    public void Replace(bool onRight, MapNode child)
    {
        if (onRight)
        {
            right = child;
        }
        else
        {
            left = child;
        }

        ForgetHash();
    }

    public MapBranch CopyFor(int owner) => new(position, left, right, owner);

    protected override Hash ComputeHash() => MapHash.OfBranch(position, left.Hash(), right.Hash());
}
