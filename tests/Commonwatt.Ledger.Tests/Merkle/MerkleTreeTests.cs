namespace Commonwatt.Ledger.Tests.Merkle;

public class MerkleTreeTests
{
    // The leaves, roots and paths of the Certificate Transparency project's own tests (merkletree_test).
    private static readonly string[] KnownLeaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] KnownRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    public static TheoryData<int, int, string[]> KnownPaths => new()
    {
        { 0, 1, [] },
        {
            0, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        },
        {
            5, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        },
        { 2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"] },
        {
            1, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        },
    };

    [Fact]
    public void The_roots_are_those_of_Certificate_Transparency()
    {
        Hash[] leaves = [.. KnownLeaves.Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf)))];
        Assert.All(KnownRoots.Index(), known => Assert.Equal(known.Item, MerkleTree.Root(leaves.AsSpan(0, known.Index)).ToString()));
    }

    [Theory]
    [MemberData(nameof(KnownPaths))]
    public void The_paths_are_those_of_Certificate_Transparency(int index, int size, string[] path)
    {
        Hash[] leaves = [.. KnownLeaves.Take(size).Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf)))];
        InclusionProof proof = MerkleTree.Prove(leaves, index);
        Assert.Equal(path, proof.Path.Select(hash => hash.ToString()));
        Assert.True(proof.Verify(leaves[index], MerkleTree.Root(leaves)));
    }

    [Fact]
    public void Every_leaf_of_a_tree_of_up_to_64_can_be_proved_and_nothing_else()
    {
        Hash[] leaves = Leaves(64);
        for (int size = 1; size <= leaves.Length; size++)
        {
            Hash root = MerkleTree.Root(leaves.AsSpan(0, size));
            for (int index = 0; index < size; index++)
            {
                InclusionProof proof = MerkleTree.Prove(leaves.AsSpan(0, size), index);
                Assert.True(proof.Verify(leaves[index], root));
                Assert.All(Mutations(proof), mutated => Assert.False(mutated.Verify(leaves[index], root)));
                Assert.False(proof.Verify(Hash.Of([1]), root));
                Assert.False(proof.Verify(leaves[index], Hash.Of([1])));
            }
        }
    }

    [Fact]
    public void Leaves_of_trees_of_every_size_up_to_2000_can_be_proved()
    {
        Hash[] leaves = Leaves(2000);
        var random = new Random(2000);
        for (int size = 65; size <= leaves.Length; size++)
        {
            Hash root = MerkleTree.Root(leaves.AsSpan(0, size));
            int index = size % 3 == 0 ? size - 1 : random.Next(size);
            InclusionProof proof = MerkleTree.Prove(leaves.AsSpan(0, size), index);
            Assert.True(proof.Verify(leaves[index], root), $"Leaf {index} of {size}.");
            Assert.False(proof.Verify(leaves[(index + 1) % size], root), $"Leaf {index} of {size}.");
        }
    }

    [Fact]
    public void A_leaf_is_not_proved_where_there_is_none()
    {
        Hash[] leaves = Leaves(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Prove(leaves, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.Prove(leaves, -1));
        InclusionProof proof = MerkleTree.Prove(leaves, 2);
        Assert.False((proof with { Index = -1 }).Verify(leaves[2], MerkleTree.Root(leaves)));
        Assert.False((proof with { Index = 3 }).Verify(leaves[2], MerkleTree.Root(leaves)));
    }

    private static Hash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(index => MerkleTree.LeafHash(BitConverter.GetBytes(index)))];

    private static IEnumerable<InclusionProof> Mutations(InclusionProof proof)
    {
        yield return proof with { Path = [.. proof.Path, Hash.Zero] };
        for (int place = 0; place < proof.Path.Count; place++)
        {
            List<Hash> path = [.. proof.Path];
            path[place] = Hash.Of(path[place].ToArray());
            yield return proof with { Path = path };
            path = [.. proof.Path];
            path.RemoveAt(place);
            yield return proof with { Path = path };
        }

        for (int index = 0; index < proof.TreeSize; index++)
        {
            if (index != proof.Index)
            {
                yield return proof with { Index = index };
            }
        }
    }
}
