using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Ledger.Tests.Merkle;

public class MerkleMapTests
{
    // Few different bytes and lengths from none on, so that keys meet, start each other, and part at every kind of place.
    private static readonly Gen<byte[]> Keys = Gen.Choose(0, 4).SelectMany(size => Gen.ArrayOf(Gen.Elements<byte>(0, 1, 128, 255), size));

    private static readonly Gen<MapStep> Steps = Gen.Frequency(
        (6, Keys.SelectMany(key => Gen.ArrayOf(Gen.Elements<byte>(0, 7), 2).Select(value => new MapStep("put", key, value)))),
        (3, Keys.Select(key => new MapStep("remove", key, []))),
        (1, Gen.Constant(new MapStep("freeze", [], []))));

    [Fact]
    public void The_map_does_what_a_sorted_dictionary_does_and_its_versions_stay() =>
        Prop.ForAll(Gen.ArrayOf(Steps).Resize(80).ToArbitrary(), steps =>
        {
            var pair = new MapAndModel();
            foreach (MapStep step in steps)
            {
                pair.Do(step);
            }

            pair.Check();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void The_same_entries_in_any_order_have_the_same_root() =>
        Prop.ForAll(Gen.ArrayOf(Keys).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (keys, seed) =>
        {
            byte[][] shuffled = [.. keys];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Map(keys).Freeze().RootHash(), Map(shuffled).Freeze().RootHash());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Other_entries_have_another_root() =>
        Prop.ForAll(Gen.ArrayOf(Keys).ToArbitrary(), Keys.ToArbitrary(), (keys, other) =>
        {
            MerkleMap map = Map(keys);
            Hash root = map.Freeze().RootHash();
            MapLeaf? before = map.Put(MapLeaf.Of(other, "another"u8));
            Assert.NotEqual(root, map.Freeze().RootHash());
            if (before is null)
            {
                map.Remove(other);
            }
            else
            {
                map.Put(before);
            }

            Assert.Equal(root, map.Freeze().RootHash());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_version_can_be_hashed_on_another_thread_while_the_map_changes()
    {
        var map = new MerkleMap();
        var random = new Random(5);
        for (int round = 0; round < 30; round++)
        {
            Change(map, random, count: 2000);
            MerkleMapVersion version = map.Freeze();
            Task<Hash> one = Task.Run(version.RootHash);
            Task<Hash> other = Task.Run(version.RootHash);
            Change(map, random, count: 2000);
            Hash expected = Rebuilt(version);
            Assert.Equal(expected, await one);
            Assert.Equal(expected, await other);
        }
    }

    [Fact]
    public void The_longest_keys_that_start_each_other_fit_a_small_stack()
    {
        var map = new MerkleMap();
        for (int length = 0; length <= 255; length++)
        {
            byte[] key = new byte[length];
            map.Put(MapLeaf.Of(key, [1]));
            for (int bit = 0; length > 0 && bit < 8; bit++)
            {
                key[^1] = (byte)(1 << bit);
                map.Put(MapLeaf.Of(key, [1]));
            }
        }

        Hash root = default;
        int count = 0;
        var thread = new Thread(() =>
        {
            MerkleMapVersion version = map.Freeze();
            root = version.RootHash();
            count = version.Entries().Count();
            map.Remove(new byte[255]);
        }, maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(1 + (255 * 9), count);
        Assert.NotEqual(root, map.Freeze().RootHash());
    }

    [Fact]
    public void A_key_of_256_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MerkleMap().Put(MapLeaf.Of(new byte[256], [])));

    internal static MerkleMap Map(IEnumerable<byte[]> keys)
    {
        var map = new MerkleMap();
        foreach (byte[] key in keys)
        {
            map.Put(MapLeaf.Of(key, [.. key, 42]));
        }

        return map;
    }

    private static void Change(MerkleMap map, Random random, int count)
    {
        byte[] key = new byte[3];
        for (int change = 0; change < count; change++)
        {
            random.NextBytes(key.AsSpan(0, 2));
            if (random.Next(3) == 0)
            {
                map.Remove(key);
            }
            else
            {
                map.Put(MapLeaf.Of(key, BitConverter.GetBytes(change)));
            }
        }
    }

    private static Hash Rebuilt(MerkleMapVersion version)
    {
        var map = new MerkleMap();
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in version.Entries())
        {
            map.Put(MapLeaf.Of(key.Span, value.Span));
        }

        return map.Freeze().RootHash();
    }
}

internal sealed record MapStep(string Kind, byte[] Key, byte[] Value)
{
    public override string ToString() => $"{Kind} {Convert.ToHexString(Key)} {Convert.ToHexString(Value)}";
}

/// <summary>A map, and a sorted dictionary that goes through the same.</summary>
internal sealed class MapAndModel
{
    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));

    private readonly MerkleMap map = new();
    private readonly List<(MerkleMapVersion Version, Hash Root, SortedDictionary<byte[], byte[]> Model)> versions = [];
    private readonly SortedDictionary<byte[], byte[]> model = new(ByBytes);

    public void Do(MapStep step)
    {
        switch (step.Kind)
        {
            case "put":
                Assert.Equal(model.GetValueOrDefault(step.Key), map.Put(MapLeaf.Of(step.Key, step.Value))?.Value.ToArray());
                model[step.Key] = step.Value;
                break;
            case "remove":
                Assert.Equal(model.GetValueOrDefault(step.Key), map.Remove(step.Key)?.Value.ToArray());
                model.Remove(step.Key);
                break;
            default:
                MerkleMapVersion version = map.Freeze();
                versions.Add((version, version.RootHash(), new SortedDictionary<byte[], byte[]>(model, ByBytes)));
                break;
        }
    }

    public void Check()
    {
        Assert.Equal(model.Count, map.Count);
        CheckRanges();
        versions.Add((map.Freeze(), map.Freeze().RootHash(), model));
        foreach ((MerkleMapVersion version, Hash root, SortedDictionary<byte[], byte[]> entries) in versions)
        {
            Assert.Equal(entries.Count, version.Count);
            Assert.Equal(
                entries.Select(entry => (Convert.ToHexString(entry.Key), Convert.ToHexString(entry.Value))),
                version.Entries().Select(entry => (Convert.ToHexString(entry.Key.Span), Convert.ToHexString(entry.Value.Span))));
            var rebuilt = new MerkleMap();
            foreach ((byte[] key, byte[] value) in entries.Reverse())
            {
                rebuilt.Put(MapLeaf.Of(key, value));
            }

            Assert.Equal(root, version.RootHash());
            Assert.Equal(root, rebuilt.Freeze().RootHash());
        }
    }

    private void CheckRanges()
    {
        foreach (byte[] prefix in model.Keys.SelectMany(key => Enumerable.Range(0, key.Length + 1).Select(length => key[..length])).Append([9]))
        {
            string[] expected = [.. model.Keys.Where(key => key.AsSpan().StartsWith(prefix)).Select(Convert.ToHexString)];
            Assert.Equal(expected, map.RangeOfLeaves(prefix, long.MaxValue).Select(leaf => Convert.ToHexString(leaf.Key)));
            Assert.Equal(expected.Take(2), map.RangeOfLeaves(prefix, 2).Select(leaf => Convert.ToHexString(leaf.Key)));
            Assert.Equal(expected.FirstOrDefault(), map.FirstLeaf(prefix) is { } leaf ? Convert.ToHexString(leaf.Key) : null);
            Assert.Equal(model.ContainsKey(prefix), map.TryFind(prefix, out ReadOnlySpan<byte> value));
            Assert.Equal(model.GetValueOrDefault(prefix) ?? [], value.ToArray());
        }
    }
}
