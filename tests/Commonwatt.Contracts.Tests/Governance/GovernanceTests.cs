using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests.Governance;

public sealed class GovernanceTests
{
    [Fact]
    public void A_role_is_granted_and_revoked_and_the_event_says_so()
    {
        using TestCommunity community = TestCommunity.Founded();
        var grant = new RoleGrant(community.Dso.Address, Role.Dso);
        Reply granted = community.Manager.Calls("governance", "grant-role", new GrantRole { Holder = community.Dso.Bytes, Role = Role.Dso });
        Assert.Equal(new RoleChanged(grant, Holds: true), granted.The<RoleChanged>());
        Assert.True(community.Rules.Governance.Holds(community.State, community.Dso.Address, Role.Dso));
        Reply revoked = community.Manager.Calls("governance", "revoke-role", new RevokeRole { Holder = community.Dso.Bytes, Role = Role.Dso });
        Assert.Equal(new RoleChanged(grant, Holds: false), revoked.The<RoleChanged>());
        Assert.False(community.Rules.Governance.HoldsAny(community.State, community.Dso.Address));
        community.Dso.Calls("market", "set-network-limit", new SetNetworkLimit()).Refused("unknown-sender");
    }

    [Fact]
    public void The_last_manager_stays_until_another_is_there()
    {
        using TestCommunity community = TestCommunity.Founded();
        var leave = new RevokeRole { Holder = community.Manager.Bytes, Role = Role.Manager };
        community.Manager.Calls("governance", "revoke-role", leave).Refused("last-manager");
        community.Manager.Calls("governance", "grant-role", new GrantRole { Holder = community.Stranger.Bytes, Role = Role.Manager }).Accepted();
        community.Manager.Calls("governance", "revoke-role", leave).Accepted();
        community.Manager.Calls("governance", "set-parameters", TestCommunity.Parameters()).Refused("unknown-sender");
        community.Stranger.Calls("governance", "set-parameters", TestCommunity.Parameters()).Accepted();
    }

    [Fact]
    public void Rules_hold_for_deliveries_from_their_date_on()
    {
        using TestCommunity community = TestCommunity.Trading();
        SetParameters later = TestCommunity.Parameters();
        (later.FromMs, later.Mechanism, later.HasFixedPrice, later.FixedPrice) = (TestCommunity.Time("00:00", day: 3).UnixMilliseconds, "sharing-key", true, 90_000);
        ParametersChanged changed = community.Manager.Calls("governance", "set-parameters", later).The<ParametersChanged>();
        Assert.Equal(MarketParameters.From(later), changed.Parameters);
        Assert.Equal("pay-as-clear", community.Rules.Governance.ParametersAt(community.State, TestCommunity.Time("23:59", day: 2))!.Mechanism);
        Assert.Equal(changed.Parameters, community.Rules.Governance.ParametersAt(community.State, TestCommunity.Time("00:00", day: 3)));
        community.At("12:00", day: 3);
        community.For("13:00", day: 3).Member("ben").Bids(1, 0.1m).Refused("no-orders");
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void Tariffs_are_a_step_function()
    {
        using TestCommunity community = TestCommunity.Founded();
        Assert.Null(community.Rules.Governance.TariffAt(community.State, community.Now));
        SetTariffs tariffs = TestCommunity.Tariff(TestCommunity.Time("09:00").UnixMilliseconds, 0.20m, 0.05m);
        tariffs.Changes.Add(TestCommunity.Tariff(TestCommunity.Time("12:30").UnixMilliseconds, 0.30m, -0.01m).Changes);
        community.Manager.Calls("governance", "set-tariffs", tariffs).Accepted();
        Assert.Null(RetailAt(community, "08:59"));
        Assert.Equal(new Price(200_000), RetailAt(community, "09:00"));
        Assert.Equal(new Price(200_000), RetailAt(community, "12:29"));
        Assert.Equal(new Price(300_000), RetailAt(community, "12:30"));
        Assert.Equal(new Price(-10_000), community.Rules.Governance.TariffAt(community.State, TestCommunity.Time("23:00", day: 90))!.Value.FeedIn);
    }

    [Fact]
    public void Prices_that_no_delivery_needs_any_more_are_forgotten_and_later_ones_stay()
    {
        using TestCommunity community = TestCommunity.Trading();
        var tariffs = new SetTariffs();
        for (int hour = 13; hour < 23; hour++)
        {
            tariffs.Changes.Add(TestCommunity.Tariff(TestCommunity.Time($"{hour}:00").UnixMilliseconds, hour / 100m, 0.01m).Changes);
        }

        community.Manager.Calls("governance", "set-tariffs", tariffs).Accepted();
        community.At("17:30");
        Assert.Null(RetailAt(community, "14:00"));
        Assert.Equal(new Price(170_000), RetailAt(community, "17:00"));
        community.At("23:30", day: 1);
        Assert.Equal(new Price(220_000), community.All<PeriodSettled>()[^1].Retail);
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void No_more_tariffs_are_announced_than_a_transaction_can_count()
    {
        using TestCommunity community = TestCommunity.Founded();
        long from = TestCommunity.Time("09:00").UnixMilliseconds;
        for (int call = 0; call <= 10; call++)
        {
            var tariffs = new SetTariffs();
            for (int change = 0; change < 1000; change++)
            {
                from += 1000;
                tariffs.Changes.Add(new TariffChange { FromMs = from, Retail = 1 });
            }

            Reply reply = community.Manager.Calls("governance", "set-tariffs", tariffs);
            if (call < 10)
            {
                reply.Accepted();
            }
            else
            {
                reply.Refused("too-many", "At most 10000 changes of tariff are kept ahead: announce them later.");
            }
        }
    }

    [Fact]
    public void Validators_change_two_blocks_later()
    {
        using TestCommunity community = TestCommunity.Founded();
        PublicKey one = SigningKey.FromSeed("validator").PublicKey;
        var call = new SetValidators { Validators = { new ValidatorPower { PublicKey = ByteString.CopyFrom(one.Compressed), Power = 7 } } };
        community.Manager.Calls("governance", "set-validators", call).Accepted();
        Assert.Equal(1UL, SystemTables.ValidatorsAt(community.State, 2).TotalPower);
        Assert.Equal(7UL, SystemTables.ValidatorsAt(community.State, 3).TotalPower);
        call.Validators.Add(call.Validators[0].Clone());
        community.Manager.Calls("governance", "set-validators", call).Refused("wrong-validators");
        Assert.IsType<ValidatorSet>(SystemTables.ValidatorsAt(community.State, 99));
    }

    [Fact]
    public void Another_version_of_the_rules_takes_force_at_a_height()
    {
        using TestCommunity community = TestCommunity.Founded();
        community.Manager.Calls("governance", "set-rules", new SetRules { Version = 0, Height = 50 }).Refused("wrong-height");
        community.Manager.Calls("governance", "set-rules", new SetRules { Version = 2, Height = 50 }).Accepted();
        Assert.Equal(1U, SystemTables.RulesAt(community.State, 49));
        Assert.Equal(2U, SystemTables.RulesAt(community.State, 50));
    }

    private static Price? RetailAt(TestCommunity community, string time) =>
        community.Rules.Governance.TariffAt(community.State, TestCommunity.Time(time))?.Retail;
}
