using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Merkle;

/// <summary>One branch on the way from the root of a <see cref="MerkleMap"/> to a leaf.</summary>
/// <param name="Position">Where the keys below the branch differ first.</param>
/// <param name="Sibling">The hash of the side the way does not take.</param>
public readonly record struct MapProofStep(int Position, Hash Sibling);

/// <summary>What shows the value of a key in a <see cref="MerkleMap"/>, or that it has none.</summary>
/// <remarks>
/// The way that a key's bits take from the root always ends at some leaf. If that leaf has the key, its value is proved;
/// if it has another, the key is absent, for the map would have led to it.
/// </remarks>
/// <param name="Key">The key of the leaf at the end of the way; empty for an empty map.</param>
/// <param name="Value">That leaf's value.</param>
/// <param name="Path">The branches from the root down.</param>
public sealed record MapProof(byte[] Key, byte[] Value, IReadOnlyList<MapProofStep> Path)
{
    /// <summary>Whether this proves that <paramref name="key"/> has <paramref name="value"/> under <paramref name="root"/>.</summary>
    public bool ProvesValue(Hash root, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Key.AsSpan().SequenceEqual(key) && Value.AsSpan().SequenceEqual(value) && LeadsFrom(root, key);

    /// <summary>Whether this proves that <paramref name="key"/> is absent under <paramref name="root"/>.</summary>
    public bool ProvesAbsence(Hash root, ReadOnlySpan<byte> key)
    {
        bool isEmptyMap = Key.Length == 0 && Value.Length == 0 && Path.Count == 0;
        return isEmptyMap && root == MerkleTree.EmptyRoot || (!Key.AsSpan().SequenceEqual(key) && LeadsFrom(root, key));
    }

    private bool LeadsFrom(Hash root, ReadOnlySpan<byte> key)
    {
        if (Key.Length > KeyPosition.LongestKey)
        {
            return false;
        }

        Hash hash = MapHash.OfLeaf(Key, Value);
        int below = KeyPosition.None;
        for (int index = Path.Count - 1; index >= 0; index--)
        {
            (int position, Hash sibling) = Path[index];
            if (!KeyPosition.Exists(position) || position >= below)
            {
                return false;
            }

            bool onRight = KeyPosition.IsSet(key, position);
            if (onRight != KeyPosition.IsSet(Key, position))
            {
                return false;
            }

            hash = onRight ? MapHash.OfBranch(position, sibling, hash) : MapHash.OfBranch(position, hash, sibling);
            below = position;
        }

        return hash == root;
    }
}
