using Commonwatt.Contracts.Staking;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Contracts.Tests.Staking;

/// <summary>Anna, Ben, Carl, Dora and Erin have 1000 each; a stake of 10 or more counts, fully after 90 days; money comes back after 14, and every week is a recount.</summary>
public sealed class StakingTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void Stakes_elect_the_validators_at_the_next_recount_and_weigh_more_as_they_age()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        Assert.Equal(3, council.Newest.Members.Count);
        council.After(Week);
        Assert.Equal(4, council.Newest.Members.Count);
        Assert.Equal(0UL, council.PowerOf("validator"));
        council.After(11 * Week).Bonds("erin", 100).Accepted();
        council.After(Week);
        Assert.Equal(100_000_000UL, council.PowerOf("anna-validator"));
        // Seven days of ninety: a quarter, and 7/90 of the three quarters to come; 30.83 less what the blocks until then took.
        Assert.InRange(council.PowerOf("erin-validator"), 30_000_000UL, 31_000_000UL);
        Assert.Equal(council.Newest.Members.Select(member => (ulong)member.Power).Order(), council.All<VotesCounted>()[^1].Powers.Select(one => one.Power).Order());
        council.ReplaysAlike();
    }

    [Fact]
    public void The_set_counts_two_blocks_after_the_recount()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        council.After(Week - TimeSpan.FromHours(1));
        ulong before = SystemTables.ValidatorsAt(council.State, council.Height + 1).TotalPower;
        council.After(TimeSpan.FromHours(1));
        Assert.Equal(3UL, before);
        Assert.Equal(3UL, SystemTables.ValidatorsAt(council.State, council.Height + 1).TotalPower);
        Assert.Equal(4, SystemTables.ValidatorsAt(council.State, council.Height + 2).Members.Count);
    }

    [Fact]
    public void The_richest_stays_below_a_third()
    {
        Council council = Staking(anna: 1000, ben: 20, carl: 15, dora: 15);
        council.After(Week);
        Assert.True(3 * council.PowerOf("anna-validator") < council.Newest.TotalPower);
        Assert.True(council.PowerOf("anna-validator") > council.PowerOf("ben-validator"));
        council.After(20 * Week);
        Assert.Equal((24_999_999UL, 20_000_000UL, 15_000_000UL, 15_000_000UL), (council.PowerOf("anna-validator"), council.PowerOf("ben-validator"), council.PowerOf("carl-validator"), council.PowerOf("dora-validator")));
    }

    [Fact]
    public void A_set_that_a_recount_does_not_change_is_not_announced_again()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        council.After(14 * Week);
        int counted = council.All<VotesCounted>().Count;
        council.After(8 * Week);
        Assert.Equal(13, counted);
        Assert.Equal(counted, council.All<VotesCounted>().Count);
    }

    [Fact]
    public void With_fewer_than_four_stakes_the_validators_stay_who_they_are()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 0);
        council.After(Week);
        Assert.Equal(3UL, council.Newest.TotalPower);
        Assert.Equal(1UL, council.PowerOf("validator"));
        Assert.Equal(new TooFewStakes(3, 4), council.All<TooFewStakes>()[^1]);
        Assert.Empty(council.All<VotesCounted>());
        council.Bonds("dora", 10).Accepted();
        council.After(Week);
        Assert.Equal(0UL, council.PowerOf("validator"));
    }

    [Fact]
    public void A_stake_that_fell_below_the_minimum_has_no_vote()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        council.Bonds("erin", 12).Accepted();
        council.After(Week);
        Assert.Equal(5, council.Newest.Members.Count);
        council.Unbonds("erin", 3).Accepted();
        council.After(Week);
        Assert.Equal(4, council.Newest.Members.Count);
    }

    [Fact]
    public void At_most_a_hundred_vote_those_with_the_greatest_weights()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        for (int index = 0; index < 98; index++)
        {
            council.Joins($"member-{index}", 50).Bonds($"member-{index}", 20 + (index % 2)).Accepted();
        }

        council.After(Week);
        Assert.Equal(100, council.Newest.Members.Count);
        Assert.All(Enumerable.Range(0, 49), index => Assert.NotEqual(0UL, council.PowerOf($"member-{(2 * index) + 1}-validator")));
        Assert.Equal(2, Enumerable.Range(0, 98).Count(index => council.PowerOf($"member-{index}-validator") == 0));
    }

    [Fact]
    public void Money_is_staked_from_the_balance_and_comes_back_after_the_unbonding_time()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        Assert.Equal((Euros(900), Euros(400)), (council.AccountOf(council.AddressOf("anna")), council.AccountOf(CommunityAccounts.Stakes)));
        StakeUnbonded leaving = council.Unbonds("anna", 30).Accepted().The<StakeUnbonded>();
        Assert.Equal(new StakeUnbonded(council.AddressOf("anna"), Euros(30), council.Now + (14 * Day)), leaving);
        council.Unbonds("anna", 70).Accepted();
        Assert.Null(council.Rules.Staking.StakeOf(council.State, council.AddressOf("anna")));
        Assert.Equal(Euros(100), Assert.Single(council.Rules.Staking.LeavingOf(council.State, council.AddressOf("anna"))).Value.Amount);
        council.After((14 * Day) - TimeSpan.FromSeconds(1));
        Assert.Equal(Euros(900), council.AccountOf(council.AddressOf("anna")));
        council.After(TimeSpan.FromSeconds(1));
        Assert.Equal((Euros(1000), Euros(300)), (council.AccountOf(council.AddressOf("anna")), council.AccountOf(CommunityAccounts.Stakes)));
        Assert.Equal(new Transferred(CommunityAccounts.Stakes, council.AddressOf("anna"), Euros(100)), council.All<Transferred>()[^1]);
        Assert.Empty(council.Rules.Staking.LeavingOf(council.State, council.AddressOf("anna")));
        council.ReplaysAlike();
    }

    [Fact]
    public void Staked_money_is_neither_spent_nor_staked_twice_nor_paid_out_by_the_manager()
    {
        Council council = Staking(anna: 990, ben: 0, carl: 0, dora: 0);
        council.Calls("anna", "wallet", "transfer", new Transfer { To = council.BytesOf("ben"), Amount = 10_000_001 }).Refused("insufficient-funds");
        council.Bonds("anna", 10.000001m).Refused("insufficient-funds", "10.000001 is to be staked, and 10.000000 is free: 0.000001 is missing.");
        var payOut = new Withdraw { Member = Google.Protobuf.ByteString.CopyFrom(CommunityAccounts.Stakes.ToArray()), Amount = 1 };
        council.Calls("manager", "wallet", "withdraw", payOut).Refused("no-such-member");
        council.Calls("manager", "registry", "register-member", new RegisterMember { Member = payOut.Member, ConnectionW = 1 }).Refused("wrong-address");
    }

    [Fact]
    public void A_struck_validator_loses_its_vote_and_its_member_gets_his_money_back()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        council.Bonds("erin", 50).Accepted();
        council.After(Week);
        council.Reports("ben", council.Equivocation("anna-validator")).Accepted();
        Assert.Equal((4, 0UL), (council.Newest.Members.Count, council.PowerOf("anna-validator")));
        council.Bonds("anna", 10).Refused("struck-validator");
        council.Bonds("anna", 10, "another").Refused("other-validator", $"You stake behind {council.AddressOf("anna-validator")}: unbond all of it before you stake behind another.");
        council.After(Week);
        Assert.Equal((4, 0UL), (council.Newest.Members.Count, council.PowerOf("anna-validator")));
        Assert.Equal(council.AddressOf("anna"), council.All<StakeUnbonded>()[^1].Member);
        council.Bonds("anna", 10).Refused("struck-validator");
        council.After(2 * Week);
        Assert.Equal(Euros(1000), council.AccountOf(council.AddressOf("anna")));
        council.Bonds("anna", 100, "another").Accepted();
        council.After(Week);
        Assert.True(council.PowerOf("another") is > 0 and < 40_000_000, "Under a new key a stake starts young.");
        council.ReplaysAlike();
    }

    [Fact]
    public void While_stake_decides_the_manager_names_no_validators_and_after_that_only_he_does()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 100, dora: 100);
        council.SetsValidators(("validator", 1)).Refused("power-by-stake", "Stake decides who votes on this ledger: switch that off first (staking.switch-off).");
        council.After(Week);
        Assert.False(council.Calls("manager", "staking", "switch-off", new SwitchOffStaking()).Accepted().The<StakingSwitched>().IsOn);
        council.Calls("manager", "staking", "switch-off", new SwitchOffStaking()).Refused("staking-off");
        council.Bonds("anna", 10).Refused("staking-off", "The manager decides who votes on this ledger, not stake. He may change that (staking.set-terms).");
        ulong power = council.PowerOf("anna-validator");
        int counted = council.All<VotesCounted>().Count;
        council.After(4 * Week);
        Assert.Equal((power, counted), (council.PowerOf("anna-validator"), council.All<VotesCounted>().Count));
        council.SetsValidators(("validator", 1)).Accepted();
        council.Unbonds("anna", 100).Accepted();
        council.After(2 * Week);
        Assert.Equal(Euros(1000), council.AccountOf(council.AddressOf("anna")));
        Assert.Equal(1UL, council.Newest.TotalPower);
        council.ReplaysAlike();
    }

    [Fact]
    public void Switched_off_and_on_again_there_is_one_recount_an_interval()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 0, dora: 0);
        council.Calls("manager", "staking", "switch-off", new SwitchOffStaking()).Accepted();
        council.Calls("manager", "staking", "set-terms", Terms()).Accepted();
        council.Calls("manager", "staking", "set-terms", Terms()).Accepted();
        council.After(TimeSpan.Zero);
        int before = council.All<TooFewStakes>().Count;
        council.After(5 * Week);
        Assert.Equal(before + 5, council.All<TooFewStakes>().Count);
        Assert.Equal(new TooFewStakes(2, 4), council.All<TooFewStakes>()[^1]);
    }

    [Fact]
    public void A_member_has_one_validator_and_a_validator_one_member()
    {
        Council council = Staking(anna: 100, ben: 100, carl: 0, dora: 0);
        council.Bonds("carl", 100, "ben-validator").Refused("validator-taken", $"Another member stakes behind {council.AddressOf("ben-validator")} already: a validator votes for one.");
        council.Bonds("ben", 100, "third").Refused("other-validator");
        council.Unbonds("ben", 100).Accepted();
        council.Bonds("carl", 100, "ben-validator").Accepted();
        council.Bonds("ben", 100, "third").Accepted();
    }

    [Fact]
    public void A_stake_is_of_the_minimum_at_least_and_of_what_is_there_at_most()
    {
        Council council = Staking(anna: 0, ben: 0, carl: 0, dora: 0);
        council.Bonds("anna", 9.999999m).Refused("wrong-amount", "A stake is 10.000000 or more in all: 10.000000 at least are to be staked now, not 9.999999.");
        council.Bonds("anna", 10).Accepted();
        council.Bonds("anna", 0).Refused("wrong-amount");
        council.Bonds("anna", -1).Refused("wrong-amount");
        council.Bonds("anna", 0.000001m).Accepted();
        council.Unbonds("anna", 10.000002m).Refused("wrong-amount", "You have 10.000001 staked, of which 10.000002 cannot be unbonded.");
        council.Unbonds("anna", 0).Refused("wrong-amount");
        council.Unbonds("ben", 1).Refused("no-stake");
        council.Bonds("manager", 10).Refused("not-a-member");
    }

    [Fact]
    public void Reading_a_key_counts_as_a_hundred_reads_and_writes()
    {
        Council council = Staking(anna: 0, ben: 0, carl: 0, dora: 0);
        var once = TransactionBuilder.Call("staking", "bond", new BondStake { Amount = 10_000_000, ValidatorPublicKey = council.PublicKeyOf("third") });
        var more = TransactionBuilder.Call("staking", "bond", new BondStake { Amount = 1_000_000, ValidatorPublicKey = council.PublicKeyOf("third") });
        council.Calls("anna", [once, .. Enumerable.Repeat(more, 200)]).Refused("too-much-work");
        council.Calls("anna", [once, .. Enumerable.Repeat(more, 100)]).Accepted();
        Assert.Equal(50, council.Rules.Staking.StakeOf(council.State, council.AddressOf("anna"))!.Bonds.Count);
    }

    internal static SetStakingTerms Terms() => new()
    {
        MinimumStake = 10_000_000,
        MaturityMs = Milliseconds(90 * Day),
        UnbondingMs = Milliseconds(14 * Day),
        RecountMs = Milliseconds(Week),
    };

    private static long Milliseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;

    private static Money Euros(int amount) => new(amount * 1_000_000L);

    private static Council Staking(decimal anna, decimal ben, decimal carl, decimal dora)
    {
        var council = new Council("validator", "second", "third");
        council.Joins("anna", 1000).Joins("ben", 1000).Joins("carl", 1000).Joins("dora", 1000).Joins("erin", 1000);
        council.Calls("manager", "staking", "set-terms", Terms()).Accepted();
        foreach ((string name, decimal amount) in (ReadOnlySpan<(string, decimal)>)[("anna", anna), ("ben", ben), ("carl", carl), ("dora", dora)])
        {
            if (amount > 0)
            {
                council.Bonds(name, amount).Accepted();
            }
        }

        return council;
    }
}
