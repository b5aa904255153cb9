using System.Numerics;
using Commonwatt.Contracts.Staking;
using Commonwatt.Ledger.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Contracts.Tests.Staking;

public sealed class VotingPowerTests
{
    private static readonly TimeSpan Maturity = TimeSpan.FromDays(90);
    private static readonly PublicKey Key = SigningKey.FromSeed("validator").PublicKey;

    private static readonly Gen<long> Weight = Gen.OneOf(
        Gen.Choose(1, 10).Select(value => (long)value),
        Gen.Choose(1, int.MaxValue).Select(value => (long)value),
        Gen.Choose(1, int.MaxValue).Select(value => value * 4_000_000L),
        Gen.Elements(1L, int.MaxValue, 1_000_000_000_000_000L, 10_000_000_000_000_000L));

    [Fact]
    public void Nobody_alone_has_a_third_whatever_is_staked_and_everybody_has_a_vote()
    {
        Holds(powers =>
        {
            BigInteger total = powers.Aggregate(BigInteger.Zero, (sum, power) => sum + power);
            Assert.All(powers, power => Assert.True(3 * (BigInteger)power < total));
            Assert.All(powers, power => Assert.InRange(power, 1, int.MaxValue));
        });
    }

    [Fact]
    public void Who_staked_more_never_has_less()
    {
        Holds(powers => Assert.Equal(powers.OrderDescending(), powers));
    }

    [Fact]
    public void Powers_are_in_proportion_to_weights_where_nothing_is_cut_off()
    {
        Assert.Equal([40, 39, 38, 37], VotingPower.Of([40, 39, 38, 37]));
        // The divisor is 4000000000000 / 2147483647, rounded up: 1863.
        Assert.Equal(
            [2_147_074_610, 2_147_074_610, 1_073_537_305, 1_073_537_305, 1_073_537_305],
            VotingPower.Of([4_000_000_000_000, 4_000_000_000_000, 2_000_000_000_000, 2_000_000_000_000, 2_000_000_000_000]));
    }

    [Fact]
    public void What_is_above_a_third_is_cut_off_to_the_last_unit()
    {
        Assert.Equal([49, 40, 30, 29], VotingPower.Of([1_000, 40, 30, 29]));
        Assert.Equal([58, 58, 30, 29], VotingPower.Of([1_000, 500, 30, 29]));
        Assert.Equal([1, 1, 1, 1], VotingPower.Of([1_000_000_000_000_000_000, 1, 1, 1]));
        Assert.Equal([2, 2, 1, 1, 1], VotingPower.Of([5, 4, 1, 1, 1]));
    }

    [Fact]
    public void The_level_is_the_greatest_at_which_everybody_stays_below_a_third()
    {
        Gen<long[]> few = Gen.Choose(4, 7).SelectMany(count => Gen.Choose(1, 60).Select(value => (long)value).ArrayOf(count));
        Prop.ForAll(few.ToArbitrary(), weights =>
        {
            long[] sorted = [.. weights.OrderDescending()];
            long level = sorted[0];
            while (3 * level >= sorted.Sum(weight => long.Min(weight, level)))
            {
                level--;
            }

            Assert.Equal(sorted.Select(weight => long.Min(weight, level)), VotingPower.Of(sorted));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(101)]
    public void Fewer_than_four_cannot_each_stay_below_a_third_and_more_than_a_hundred_are_too_many(int count) =>
        Assert.Throws<ArgumentException>(() => VotingPower.Of(new long[count]));

    [Fact]
    public void A_stake_weighs_a_quarter_at_first_and_all_of_itself_at_maturity()
    {
        Stake stake = Staked(1_000_000, at: 0);
        Assert.Equal(250_000, stake.WeightAt(new Instant(0), Maturity));
        Assert.Equal(500_000, stake.WeightAt(new Instant(0) + (Maturity / 3), Maturity));
        Assert.Equal(1_000_000, stake.WeightAt(new Instant(0) + Maturity, Maturity));
        Assert.Equal(1_000_000, stake.WeightAt(new Instant(0) + (Maturity * 40), Maturity));
        Assert.Equal(1, Staked(1, at: 0).WeightAt(new Instant(0), Maturity));
    }

    [Fact]
    public void A_stake_never_weighs_less_for_being_older_or_larger()
    {
        Gen<(long Amount, long Since, long Now, long Later, long More)> any =
            from amount in Weight
            from since in Gen.Choose(0, int.MaxValue)
            from now in Gen.Choose(0, int.MaxValue)
            from later in Gen.Choose(0, int.MaxValue)
            from more in Weight
            select (amount, (long)since, (long)since + now, (long)since + now + later, more);
        Prop.ForAll(any.ToArbitrary(), one =>
        {
            Stake stake = Staked(one.Amount, one.Since);
            long weight = stake.WeightAt(new Instant(one.Now), Maturity);
            Assert.InRange(weight, long.Max(1, one.Amount / 4), one.Amount);
            Assert.True(stake.WeightAt(new Instant(one.Later), Maturity) >= weight);
            Assert.True(stake.With(new Bond(new Money(one.More), new Instant(one.Now))).WeightAt(new Instant(one.Now), Maturity) >= weight);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void What_is_taken_out_is_the_youngest_and_nothing_gets_lost_among_many_bonds()
    {
        Gen<(int[] Bonds, int Taken)> any =
            from bonds in Gen.Choose(1, 120).SelectMany(count => Gen.Choose(1, 1_000).ArrayOf(count))
            from taken in Gen.Choose(1, bonds.Sum())
            select (bonds, taken);
        Prop.ForAll(any.ToArbitrary(), one =>
        {
            Stake stake = Staked(one.Bonds[0], at: 0);
            for (int index = 1; index < one.Bonds.Length; index++)
            {
                stake = stake.With(new Bond(new Money(one.Bonds[index]), new Instant(index)));
            }

            Assert.Equal(one.Bonds.Sum(), stake.Total.Micros);
            Assert.Equal(stake.Bonds.OrderBy(bond => bond.Since), stake.Bonds);
            Stake? rest = stake.Without(new Money(one.Taken));
            Assert.Equal(one.Bonds.Sum() - one.Taken, rest?.Total.Micros ?? 0);
            Assert.Equal(rest?.Bonds[0].Since ?? stake.Bonds[0].Since, stake.Bonds[0].Since);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

        Stake many = Staked(1, at: 0);
        for (int index = 1; index < 200; index++)
        {
            many = many.With(new Bond(new Money(1), new Instant(index)));
        }

        Assert.Equal((50, 200L, 150L), (many.Bonds.Count, many.Total.Micros, many.Bonds[0].Since.UnixMilliseconds));
    }

    private static Stake Staked(long amount, long at) => Stake.Behind(Key, new Bond(new Money(amount), new Instant(at)));

    private static void Holds(Action<long[]> check)
    {
        Gen<long[]> any = Gen.OneOf(Gen.Choose(4, 6), Gen.Choose(4, 100)).SelectMany(count => Weight.ArrayOf(count));
        Prop.ForAll(any.ToArbitrary(), weights =>
        {
            Array.Sort(weights, (one, other) => other.CompareTo(one));
            check(VotingPower.Of(weights));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
