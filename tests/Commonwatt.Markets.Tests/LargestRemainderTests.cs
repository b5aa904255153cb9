using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests;

public sealed class LargestRemainderTests
{
    private static readonly Gen<long> Weight = Gen.OneOf(
        Gen.Choose(0, 9).Select(weight => (long)weight),
        Gen.Choose(0, int.MaxValue).Select(weight => (long)weight * int.MaxValue),
        Gen.Constant(long.MaxValue));

    private static readonly Gen<(long Total, long[] Weights)> Divisions =
        from total in Weight
        from count in Gen.Choose(1, 8)
        from weights in Gen.ArrayOf(Weight, count)
        where weights.Any(weight => weight > 0)
        select (total, weights);

    [Fact]
    public void The_parts_add_up_to_the_total() =>
        Property.Holds(Divisions, division => Assert.Equal(division.Total, Sum(Divide(division.Total, division.Weights))));

    [Fact]
    public void Each_part_is_the_exact_share_rounded_down_or_up() => Property.Holds(Divisions, division =>
    {
        BigInteger sum = Sum(division.Weights);
        long[] parts = Divide(division.Total, division.Weights);
        for (int index = 0; index < parts.Length; index++)
        {
            (BigInteger down, BigInteger rest) = BigInteger.DivRem((BigInteger)division.Total * division.Weights[index], sum);
            Assert.InRange(parts[index], down, rest.IsZero ? down : down + 1);
        }
    });

    [Fact]
    public void No_part_exceeds_its_weight_where_there_is_enough_for_none_to() => Property.Holds(Divisions, division =>
    {
        if (Sum(division.Weights) >= division.Total)
        {
            Assert.All(Divide(division.Total, division.Weights).Zip(division.Weights), pair => Assert.True(pair.First <= pair.Second));
        }
    });

    [Theory]
    [InlineData(10, new long[] { 1, 1, 1 }, new long[] { 4, 3, 3 })]
    [InlineData(10, new long[] { 6, 3, 3 }, new long[] { 5, 3, 2 })]
    [InlineData(7, new long[] { 0, 5, 0 }, new long[] { 0, 7, 0 })]
    [InlineData(100, new long[] { 47, 16, 16, 12, 6, 3 }, new long[] { 47, 16, 16, 12, 6, 3 })]
    [InlineData(0, new long[] { 0, 0 }, new long[] { 0, 0 })]
    public void The_largest_remainders_round_up_and_among_equal_ones_the_first(long total, long[] weights, long[] expected) =>
        Assert.Equal(expected, Divide(total, weights));

    [Fact]
    public void Hundreds_of_weights_are_divided_as_few_are() =>
        Assert.Equal(Enumerable.Range(0, 1000).Select(index => index < 500 ? 2L : 1L), Divide(1500, [.. Enumerable.Repeat(7L, 1000)]));

    [Fact]
    public void Nothing_to_divide_by_is_an_error() => Assert.StartsWith(
        "All weights are zero: 5 cannot be divided among them.",
        Assert.Throws<ArgumentException>(() => Divide(5, [0, 0])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_negative_weight_or_total_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Divide(5, [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Divide(-5, [1, 1]));
    }

    private static BigInteger Sum(long[] numbers) => numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + number);

    private static long[] Divide(long total, long[] weights)
    {
        long[] parts = new long[weights.Length];
        LargestRemainder.Divide(total, weights, parts);
        return parts;
    }
}
