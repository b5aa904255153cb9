namespace Commonwatt.Agents.Tests;

public class SeededRandomTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers_for_ever()
    {
        // Computed by a second implementation of the published algorithms.
        var random = new SeededRandom(0);

        Assert.Equal([0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0], (ulong[])[random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void Shares_are_even_and_normals_are_normal()
    {
        var random = new SeededRandom(42);
        double[] shares = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextShare())];
        double[] normals = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())];

        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.InRange(shares.Average(), 0.497, 0.503);
        Assert.InRange(normals.Average(), -0.01, 0.01);
        Assert.InRange(normals.Average(normal => normal * normal), 0.98, 1.02);
    }

    [Fact]
    public void Names_and_numbers_make_seeds_of_their_own()
    {
        ulong[] seeds = [SeededRandom.Mix(1, "h01"), SeededRandom.Mix(1, "h02"), SeededRandom.Mix(2, "h01"), SeededRandom.Mix(1, 1), SeededRandom.Mix(1, 2), SeededRandom.Mix(2, 1)];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }
}
