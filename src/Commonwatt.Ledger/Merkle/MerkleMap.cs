namespace Commonwatt.Ledger.Merkle;

/// <summary>A map from keys to values in key order, with a root hash that proves what it holds and what it does not.</summary>
/// <remarks>
/// A binary Patricia tree: each branch stands at the first position where the keys below it differ, so that the same
/// entries always make the same tree, whatever the order they came in. Entries with a common beginning share their
/// branches: what one table writes in a block is hashed together, once. <see cref="Freeze"/> hands out the map as it is
/// and copies a branch before it next changes, so that a version can be hashed, proved and saved on another thread.
/// </remarks>
public sealed class MerkleMap
{
    private MapNode? root;
    private int epoch;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The map as it is now, which stays so.</summary>
    public MerkleMapVersion Freeze()
    {
        epoch++;
        return new MerkleMapVersion(root, Count);
    }

    /// <summary>Finds the value of a key.</summary>
    /// <returns>Whether the map has the key.</returns>
    public bool TryFind(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        MapLeaf? leaf = FindLeaf(root, key);
        value = leaf is null ? default : leaf.Value;
        return leaf is not null;
    }

    /// <summary>Sets the value of a key.</summary>
    /// <returns>The entry that was there before, or null.</returns>
    /// <exception cref="ArgumentException">The key is longer than 255 bytes.</exception>
    internal MapLeaf? Put(MapLeaf leaf)
    {
        if (leaf.Key.Length > KeyPosition.LongestKey)
        {
            throw new ArgumentException($"A key has at most {KeyPosition.LongestKey} bytes, not {leaf.Key.Length}.", nameof(leaf));
        }

        if (root is null)
        {
            root = leaf;
            Count = 1;
            return null;
        }

        MapLeaf nearest = Nearest(root, leaf.Key);
        int position = KeyPosition.FirstDifference(nearest.Key, leaf.Key);
        root = Place(root, leaf, position);
        if (position == KeyPosition.None)
        {
            return nearest;
        }

        Count++;
        return null;
    }

    /// <summary>Removes a key.</summary>
    /// <returns>The entry that was there, or null.</returns>
    internal MapLeaf? Remove(ReadOnlySpan<byte> key)
    {
        MapLeaf? leaf = FindLeaf(root, key);
        if (leaf is not null)
        {
            root = Without(root!, key);
            Count--;
        }

        return leaf;
    }

    internal MapLeaf? FindLeaf(ReadOnlySpan<byte> key) => FindLeaf(root, key);

    internal MapLeaf? FirstLeaf(ReadOnlySpan<byte> prefix) => FirstLeaf(root, prefix);

    internal List<MapLeaf> RangeOfLeaves(ReadOnlySpan<byte> prefix, long most) => RangeOfLeaves(root, prefix, most);

    /// <summary>The first entries whose keys start with <paramref name="prefix"/>, in key order.</summary>
    internal static List<MapLeaf> RangeOfLeaves(MapNode? node, ReadOnlySpan<byte> prefix, long most = long.MaxValue)
    {
        var found = new List<MapLeaf>();
        int end = prefix.Length << 4;
        while (node is MapBranch branch && branch.Position < end)
        {
            node = branch.Child(KeyPosition.IsSet(prefix, branch.Position));
        }

        if (node is not null && Nearest(node, prefix).Key.StartsWith(prefix))
        {
            Collect(node, found, most);
        }

        return found;
    }

    /// <summary>The first entry whose key starts with <paramref name="prefix"/>, or null.</summary>
    internal static MapLeaf? FirstLeaf(MapNode? node, ReadOnlySpan<byte> prefix)
    {
        int end = prefix.Length << 4;
        while (node is MapBranch branch)
        {
            node = branch.Child(branch.Position < end && KeyPosition.IsSet(prefix, branch.Position));
        }

        return node is MapLeaf leaf && leaf.Key.StartsWith(prefix) ? leaf : null;
    }

    internal static MapLeaf? FindLeaf(MapNode? node, ReadOnlySpan<byte> key)
    {
        if (node is null)
        {
            return null;
        }

        MapLeaf nearest = Nearest(node, key);
        return nearest.Key.SequenceEqual(key) ? nearest : null;
    }

    internal static MapLeaf Nearest(MapNode node, ReadOnlySpan<byte> key)
    {
        while (node is MapBranch branch)
        {
            node = branch.Child(KeyPosition.IsSet(key, branch.Position));
        }

        return (MapLeaf)node;
    }

    internal static void Collect(MapNode node, List<MapLeaf> found, long most = long.MaxValue)
    {
        while (node is MapBranch branch && found.Count < most)
        {
            Collect(branch.Left, found, most);
            node = branch.Right;
        }

        if (node is MapLeaf leaf && found.Count < most)
        {
            found.Add(leaf);
        }
    }

    private MapNode Place(MapNode node, MapLeaf leaf, int position)
    {
        if (node is MapBranch branch && branch.Position < position)
        {
            MapBranch own = Own(branch);
            bool onRight = KeyPosition.IsSet(leaf.Key, branch.Position);
            own.Replace(onRight, Place(own.Child(onRight), leaf, position));
            return own;
        }

        if (position == KeyPosition.None)
        {
            return leaf;
        }

        return KeyPosition.IsSet(leaf.Key, position)
            ? new MapBranch(position, node, leaf, epoch)
            : new MapBranch(position, leaf, node, epoch);
    }

    private MapNode? Without(MapNode node, ReadOnlySpan<byte> key)
    {
        if (node is not MapBranch branch)
        {
            return null;
        }

        bool onRight = KeyPosition.IsSet(key, branch.Position);
        MapNode? child = Without(branch.Child(onRight), key);
        if (child is null)
        {
            return branch.Child(!onRight);
        }

        MapBranch own = Own(branch);
        own.Replace(onRight, child);
        return own;
    }

    private MapBranch Own(MapBranch branch) => branch.Epoch == epoch ? branch : branch.CopyFor(epoch);
}
