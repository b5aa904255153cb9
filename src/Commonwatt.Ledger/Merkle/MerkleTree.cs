using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Merkle;

/// <summary>The Merkle tree of RFC 9162, section 2.1: leaves are hashed after a zero byte, nodes after a one.</summary>
/// <remarks>No leaf stands twice to fill a level, so that two lists with the same root are the same list.</remarks>
public static class MerkleTree
{
    /// <summary>The root of a tree without leaves: the digest of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.Of([]);

    /// <summary>The hash of one leaf.</summary>
    public static Hash LeafHash(ReadOnlySpan<byte> data)
    {
        int length = data.Length + 1;
        Span<byte> message = length <= 1024 ? stackalloc byte[length] : new byte[length];
        message[0] = 0;
        data.CopyTo(message[1..]);
        return Hash.Of(message);
    }

    /// <summary>The hash of a node over two others.</summary>
    public static Hash NodeHash(Hash left, Hash right)
    {
        Span<byte> message = stackalloc byte[1 + (2 * Hash.Size)];
        message[0] = 1;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + Hash.Size)..]);
        return Hash.Of(message);
    }

    /// <summary>The root of the tree over <paramref name="leaves"/>, which are leaf hashes in order.</summary>
    public static Hash Root(ReadOnlySpan<Hash> leaves) => leaves.Length switch
    {
        0 => EmptyRoot,
        1 => leaves[0],
        _ => NodeHash(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..])),
    };

    /// <summary>The proof that the leaf at <paramref name="index"/> is in the tree over <paramref name="leaves"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no leaf at <paramref name="index"/>.</exception>
    public static InclusionProof Prove(ReadOnlySpan<Hash> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var path = new List<Hash>();
        AppendPath(leaves, index, path);
        return new InclusionProof(index, leaves.Length, path);
    }

    // The largest power of two below the size: the left subtree is always full.
    internal static int Split(int size) => 1 << (31 - int.LeadingZeroCount(size - 1));

    private static void AppendPath(ReadOnlySpan<Hash> leaves, int index, List<Hash> path)
    {
        if (leaves.Length == 1)
        {
            return;
        }

        int split = Split(leaves.Length);
        if (index < split)
        {
            AppendPath(leaves[..split], index, path);
            path.Add(Root(leaves[split..]));
        }
        else
        {
            AppendPath(leaves[split..], index - split, path);
            path.Add(Root(leaves[..split]));
        }
    }
}
