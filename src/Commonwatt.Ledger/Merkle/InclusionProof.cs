using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Merkle;

/// <summary>What shows that a leaf is in a Merkle tree: the hashes beside its way to the root (RFC 9162, section 2.1.3).</summary>
/// <param name="Index">The leaf's place, from 0.</param>
/// <param name="TreeSize">How many leaves the tree has.</param>
/// <param name="Path">The sibling hashes from the leaf up.</param>
public sealed record InclusionProof(int Index, int TreeSize, IReadOnlyList<Hash> Path)
{
    /// <summary>Whether this proof leads from <paramref name="leaf"/> to <paramref name="root"/>.</summary>
    /// <param name="leaf">The leaf's hash (<see cref="MerkleTree.LeafHash"/>).</param>
    /// <param name="root">The root, from a header whose certificate has been checked.</param>
    public bool Verify(Hash leaf, Hash root)
    {
        if (Index < 0 || Index >= TreeSize)
        {
            return false;
        }

        // RFC 9162, section 2.1.3.2: walk up while keeping the place of the node and of the last node of its level.
        int node = Index;
        int last = TreeSize - 1;
        Hash hash = leaf;
        foreach (Hash sibling in Path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.NodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }
}
