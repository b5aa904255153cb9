using Commonwatt.Ledger.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static Commonwatt.Faults.Sample.SampleLedger;

namespace Commonwatt.Ledger.Tests.Execution;

public class BlockClockTests
{
    private static readonly SigningKey[] Keys = [.. Enumerable.Range(0, 5).Select(index => SigningKey.FromSeed($"validator {index}"))];

    [Fact]
    public void With_fewer_than_half_lying_block_time_stays_among_the_honest_clocks() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            SigningKey[] validators = Keys[..(3 + random.Next(3))];
            int liars = random.Next((validators.Length + 1) / 2);
            var chain = new Chain(Genesis(hasSignatures: false, validators));
            Instant[] honest = Enumerable.Repeat(Start, validators.Length).ToArray();
            Instant clock = Start;
            Instant last = chain.Last.Time;
            for (int block = 0; block < 25; block++)
            {
                clock += TimeSpan.FromMilliseconds(random.Next(3000));
                int proposer = random.Next(validators.Length);
                if (proposer >= liars)
                {
                    honest[proposer] = clock;
                }

                chain.Add(validators[proposer], proposer < liars ? new Instant(random.NextInt64(253_402_300_799_999)) : clock);
                Assert.True(chain.Last.Time >= last);
                Assert.True(chain.Last.Time >= honest[liars..].Min());
                Assert.True(chain.Last.Time <= honest[liars..].Max());
                last = chain.Last.Time;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_to_publish_does_not_set_the_time_alone()
    {
        var chain = new Chain(Genesis(hasSignatures: false, Keys[..4]));
        chain.Add(Keys[0], Start + TimeSpan.FromDays(365));
        Assert.Equal(Start, chain.Last.Time);
        chain.Add(Keys[1], Start + TimeSpan.FromSeconds(10));
        chain.Add(Keys[2], Start + TimeSpan.FromSeconds(11));
        Assert.Equal(Start + TimeSpan.FromSeconds(10), chain.Last.Time);
    }

    [Fact]
    public void One_validator_alone_sets_the_time_but_never_back()
    {
        var chain = new Chain(Genesis());
        chain.Add(Proposer, Start + TimeSpan.FromSeconds(10));
        Assert.Equal(Start + TimeSpan.FromSeconds(10), chain.Last.Time);
        chain.Add(Proposer, Start + TimeSpan.FromSeconds(5));
        Assert.Equal(Start + TimeSpan.FromSeconds(10), chain.Last.Time);
    }

    [Fact]
    public void A_validator_with_most_of_the_power_counts_for_more_than_two_without()
    {
        var set = new ValidatorSet([new(Keys[0].PublicKey, 3), new(Keys[1].PublicKey, 1), new(Keys[2].PublicKey, 1)]);
        var chain = new Chain(LedgerGenesis.Create("weighted", Start, set, rules: 1, []));
        chain.Add(Keys[1], Start + TimeSpan.FromHours(1));
        chain.Add(Keys[2], Start + TimeSpan.FromHours(1));
        chain.Add(Keys[0], Start + TimeSpan.FromSeconds(1));
        Assert.Equal(Start + TimeSpan.FromSeconds(1), chain.Last.Time);
    }
}
