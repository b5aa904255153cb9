using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Merkle;

/// <summary>A <see cref="MerkleMap"/> as it was at one moment. It never changes, and one thread may use it while another goes on with the map.</summary>
public sealed class MerkleMapVersion
{
    internal MerkleMapVersion(MapNode? root, int count)
    {
        Root = root;
        Count = count;
    }

    /// <summary>How many entries there are.</summary>
    public int Count { get; }

    internal MapNode? Root { get; }

    /// <summary>The root hash: two versions have the same one exactly when they hold the same entries.</summary>
    public Hash RootHash() => Root?.Hash() ?? MerkleTree.EmptyRoot;

    /// <summary>All entries in key order.</summary>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Entries()
    {
        var leaves = new List<MapLeaf>(Count);
        if (Root is not null)
        {
            MerkleMap.Collect(Root, leaves);
        }

        return leaves.Select(leaf => KeyValuePair.Create(leaf.KeyMemory, leaf.ValueMemory));
    }

    /// <summary>The proof of a key's value, or of its absence.</summary>
    public MapProof Prove(ReadOnlySpan<byte> key)
    {
        if (Root is null)
        {
            return new MapProof([], [], []);
        }

        var path = new List<MapProofStep>();
        MapNode node = Root;
        while (node is MapBranch branch)
        {
            bool onRight = KeyPosition.IsSet(key, branch.Position);
            path.Add(new MapProofStep(branch.Position, branch.Child(!onRight).Hash()));
            node = branch.Child(onRight);
        }

        var leaf = (MapLeaf)node;
        return new MapProof(leaf.Key.ToArray(), leaf.Value.ToArray(), path);
    }
}
