namespace Commonwatt.Ledger.Tests.Merkle;

public class MapProofTests
{
    [Fact]
    public void Every_entry_is_proved_and_every_other_key_is_proved_absent()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            byte[][] keys = Keys(seed);
            MerkleMapVersion version = MerkleMapTests.Map(keys).Freeze();
            Hash root = version.RootHash();
            foreach (byte[] key in keys.Concat(Keys(seed + 1000)))
            {
                MapProof proof = version.Prove(key);
                bool isThere = keys.Any(other => other.AsSpan().SequenceEqual(key));
                Assert.Equal(isThere, proof.ProvesValue(root, key, [.. key, 42]));
                Assert.Equal(!isThere, proof.ProvesAbsence(root, key));
                Assert.False(proof.ProvesValue(root, key, [.. key, 43]));
                Assert.False(proof.ProvesValue(Hash.Zero, key, [.. key, 42]));
                Assert.False(proof.ProvesAbsence(Hash.Zero, key));
            }
        }
    }

    [Fact]
    public void A_changed_proof_proves_nothing()
    {
        byte[][] keys = Keys(7);
        MerkleMapVersion version = MerkleMapTests.Map(keys).Freeze();
        Hash root = version.RootHash();
        foreach (byte[] key in keys.Concat(Keys(8)))
        {
            foreach (MapProof changed in Changes(version.Prove(key)))
            {
                Assert.False(changed.ProvesValue(root, key, [.. key, 42]));
                Assert.False(changed.ProvesAbsence(root, key));
            }
        }
    }

    [Fact]
    public void A_proof_of_one_key_does_not_show_that_another_is_absent()
    {
        byte[][] keys = Keys(9);
        MerkleMapVersion version = MerkleMapTests.Map(keys).Freeze();
        Hash root = version.RootHash();
        foreach (byte[] key in keys)
        {
            Assert.All(keys, other => Assert.False(version.Prove(other).ProvesAbsence(root, key)));
        }
    }

    [Fact]
    public void In_an_empty_map_every_key_is_absent()
    {
        MerkleMapVersion empty = new MerkleMap().Freeze();
        Assert.Equal(MerkleTree.EmptyRoot, empty.RootHash());
        Assert.True(empty.Prove([1, 2]).ProvesAbsence(empty.RootHash(), [1, 2]));
        Assert.True(empty.Prove([]).ProvesAbsence(empty.RootHash(), []));
        Assert.False(empty.Prove([1]).ProvesAbsence(MerkleMapTests.Map([[1]]).Freeze().RootHash(), [2]));
    }

    private static byte[][] Keys(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ =>
        {
            byte[] key = new byte[random.Next(4)];
            random.NextBytes(key);
            return key;
        })];
    }

    private static IEnumerable<MapProof> Changes(MapProof proof)
    {
        for (int place = 0; place < proof.Value.Length; place++)
        {
            byte[] value = [.. proof.Value];
            value[place] ^= 1;
            yield return proof with { Value = value };
        }

        yield return proof with { Value = [.. proof.Value, 0] };
        yield return proof with { Key = [.. proof.Key, 0] };
        yield return proof with { Key = new byte[70_000] };
        yield return proof with { Path = [.. proof.Path, new MapProofStep(4000, Hash.Zero)] };
        for (int place = 0; place < proof.Path.Count; place++)
        {
            MapProofStep step = proof.Path[place];
            yield return With(proof, place, step with { Sibling = Hash.Of(step.Sibling.ToArray()) });
            foreach (int position in (int[])[-1, int.MinValue, step.Position + 1, step.Position + 9, 70_000, int.MaxValue])
            {
                yield return With(proof, place, step with { Position = position });
            }

            yield return proof with { Path = [.. proof.Path.Where((_, index) => index != place)] };
        }
    }

    private static MapProof With(MapProof proof, int place, MapProofStep step)
    {
        List<MapProofStep> path = [.. proof.Path];
        path[place] = step;
        return proof with { Path = path };
    }
}
