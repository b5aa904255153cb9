using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Tests.Mandates;

public sealed class MandateTests
{
    /// <summary>"Bid for me between 0.08 and 0.20, at most 5 kWh an hour, until eight."</summary>
    internal static GrantMandate Mandate(Person agent, uint sides = 3) => new()
    {
        Agent = agent.Bytes,
        Sides = sides,
        LowestPrice = 80_000,
        HighestPrice = 200_000,
        MostWhPerHour = 5_000,
        UntilMs = TestCommunity.Time("20:00").UnixMilliseconds,
    };

    [Fact]
    public void What_an_agent_places_is_the_members_order_and_says_who_placed_it()
    {
        using TestCommunity community = WithMandate();
        OrderPlaced placed = Bids(community, 1.5m, 0.20m).The<OrderPlaced>();
        Member ben = community.Member("ben");
        Assert.Equal((ben.Id, Robot(community).Address), (placed.Key.Member, placed.Order.Agent));
        Assert.Equal("0.300000", ben.Locked);
        Assert.Equal(Address.Nobody, ben.Bids(1, 0.10m, label: 2).The<OrderPlaced>().Order.Agent);
        community.Member("anna").Asks(5, 0.08m).Accepted();
        community.At("14:05");
        ben.Reports(2.5m).Accepted();
        community.Member("anna").Reports(0, 2.5m).Accepted();
        community.At("14:30");
        Assert.Equal(ben.Id, community.All<PeriodSettled>()[0].Trades.Trades[0].Buyer);
        Assert.Equal("99.800000", ben.Balance);
        Assert.Equal("0.000000", community.Rules.Wallet.AccountOf(community.State, Robot(community).Address).Balance.ToDecimal());
    }

    [Theory]
    [InlineData(79_999, "The mandate is for prices of 0.080000 to 0.200000 a kWh: 0.079999 is outside.")]
    [InlineData(200_001, "The mandate is for prices of 0.080000 to 0.200000 a kWh: 0.200001 is outside.")]
    public void A_price_outside_of_the_mandate_is_refused(int price, string sentence)
    {
        using TestCommunity community = WithMandate();
        Bids(community, 1, price / 1_000_000m).Refused("beyond-mandate", sentence);
        Bids(community, 1, 0.08m, label: 1).Accepted();
        Bids(community, 1, 0.20m, label: 2).Accepted();
    }

    [Fact]
    public void Energy_is_counted_over_all_deliveries_of_the_hour_and_no_others()
    {
        using TestCommunity community = WithMandate(rules => (rules.PeriodMinutes, rules.ListingLeadMs) = (15, TestCommunity.Minutes(120)));
        Bids(community.For("13:00"), 2, 0.10m).Accepted();
        Bids(community.For("13:15"), 2, 0.10m).Accepted();
        Bids(community.For("13:45"), 1.001m, 0.10m).Refused(
            "beyond-mandate", "The mandate is for 5.000 kWh an hour: 4.000 kWh are placed in this one, and 1.001 kWh more exceed it.");
        Bids(community.For("13:45"), 1, 0.10m).Accepted();
        Bids(community.For("14:00"), 5, 0.10m).Accepted();
    }

    [Fact]
    public void What_cleared_still_counts_in_its_hour()
    {
        using TestCommunity community = WithMandate(rules => (rules.PeriodMinutes, rules.ListingLeadMs) = (15, TestCommunity.Minutes(120)));
        Bids(community.For("13:00"), 3, 0.10m).Accepted();
        community.At("13:10");
        Bids(community.For("13:30"), 3, 0.10m).Refused("beyond-mandate");
        Bids(community, 2, 0.10m).Accepted();
    }

    [Fact]
    public void What_was_withdrawn_or_replaced_counts_no_more()
    {
        using TestCommunity community = WithMandate();
        Bids(community, 5, 0.10m, label: 1).Accepted();
        Replaces(community, 4, 0.10m).Accepted();
        Bids(community, 1, 0.10m, label: 2).Accepted();
        Bids(community, 0.001m, 0.10m, label: 3).Refused("beyond-mandate");
        Withdraws(community, label: 1).Accepted();
        Bids(community, 4, 0.10m, label: 3).Accepted();
    }

    [Fact]
    public void A_mandate_to_buy_is_none_to_sell()
    {
        using TestCommunity community = WithMandate(sides: 1, member: "anna");
        Person robot = Robot(community);
        robot.Calls("market", "place", Order(community, OrderSide.Sell, 1, 0.10m, "anna")).Refused("beyond-mandate", "The mandate is to buy, not to sell.");
        community.Member("anna").Calls("mandate", "grant", Mandate(robot, sides: 2)).Accepted();
        robot.Calls("market", "place", Order(community, OrderSide.Buy, 1, 0.10m, "anna")).Refused("beyond-mandate", "The mandate is to sell, not to buy.");
        robot.Calls("market", "place", Order(community, OrderSide.Sell, 1, 0.10m, "anna")).Accepted();
    }

    [Fact]
    public void The_member_may_change_what_his_agent_placed_and_not_the_other_way_round()
    {
        using TestCommunity community = WithMandate();
        Member ben = community.Member("ben");
        Bids(community, 5, 0.10m, label: 1).Accepted();
        OrderPlaced mine = ben.Replaces(1, OrderSide.Buy, 6, 0.30m).The<OrderPlaced>();
        Assert.Equal(Address.Nobody, mine.Order.Agent);
        string sentence = $"{ben.Address} placed the order 1 himself: his agent leaves it as it is.";
        Replaces(community, 1, 0.10m).Refused("not-the-agents", sentence);
        Withdraws(community, label: 1).Refused("not-the-agents", sentence);

        // It is not the agent's any more, so that he has his whole hour again.
        Bids(community, 5, 0.10m, label: 2).Accepted();
        ben.Withdraws(2).Accepted();
        Bids(community, 5, 0.10m, label: 2).Accepted();
    }

    [Fact]
    public void A_mandate_holds_from_its_beginning_for_calls_and_for_deliveries()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.ListingLeadMs = TestCommunity.Minutes(180)).At("12:10");
        GrantMandate later = Mandate(Robot(community));
        later.FromMs = TestCommunity.Time("12:30").UnixMilliseconds;
        community.Member("ben").Calls("mandate", "grant", later).Accepted();
        Bids(community, 1, 0.10m).Refused("no-mandate");
        Bids(community.At("12:30"), 1, 0.10m).Accepted();
        later.FromMs = TestCommunity.Time("12:15").UnixMilliseconds;
        later.UntilMs = TestCommunity.Time("14:00").UnixMilliseconds;
        community.Member("ben").Calls("mandate", "grant", later).Accepted();
        Bids(community.For("14:00"), 1, 0.10m).Refused(
            "beyond-mandate",
            "The mandate holds for deliveries from 2024-06-01T12:15:00Z until 2024-06-01T14:00:00Z: one that starts at 2024-06-01T14:00:00Z is outside.");
    }

    [Fact]
    public void A_withdrawn_mandate_ends_at_once_and_its_agent_is_a_stranger_again()
    {
        using TestCommunity community = WithMandate();
        Bids(community, 1, 0.10m).Accepted();
        MandateWithdrawn withdrawn = community.Member("ben").Calls("mandate", "withdraw", new WithdrawMandate()).The<MandateWithdrawn>();
        Assert.Equal(community.Member("ben").Id, withdrawn.Member);
        Withdraws(community, label: 1).Refused("unknown-sender");
        community.Member("ben").Withdraws().Accepted();
        community.Member("ben").Calls("mandate", "withdraw", new WithdrawMandate()).Refused("no-mandate");
    }

    [Fact]
    public void An_agent_is_known_until_the_last_of_his_mandates_ends_by_itself()
    {
        using TestCommunity community = WithMandate();
        Person robot = Robot(community);
        GrantMandate longer = Mandate(robot);
        longer.UntilMs = TestCommunity.Time("21:00").UnixMilliseconds;
        community.Member("dora").Calls("mandate", "grant", longer).Accepted();
        community.At("20:00");
        Assert.Null(community.Rules.Mandates.MandateOf(community.State, community.Member("ben").Id));
        Assert.NotNull(community.Rules.Mandates.MandateOf(community.State, community.Member("dora").Id));
        Bids(community.For("20:00"), 1, 0.10m).Refused("gate-closed");
        community.At("21:00");
        Bids(community.For("22:00"), 1, 0.10m).Refused("unknown-sender");
        Assert.Empty(community.Rules.Mandates.Mandates(community.State));
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_new_mandate_replaces_the_one_before_and_its_agent()
    {
        using TestCommunity community = WithMandate();
        Bids(community, 3, 0.10m).Accepted();
        Person other = community.Person("other robot");
        GrantMandate next = Mandate(other);
        next.UntilMs = TestCommunity.Time("21:00").UnixMilliseconds;
        community.Member("ben").Calls("mandate", "grant", next).Accepted();
        Bids(community, 1, 0.10m, label: 2).Refused("unknown-sender");
        other.Calls("market", "place", Order(community, OrderSide.Buy, 2.001m, 0.10m, "ben", label: 2)).Refused("beyond-mandate");
        other.Calls("market", "place", Order(community, OrderSide.Buy, 2, 0.10m, "ben", label: 2)).Accepted();

        // The end of the first one is not the end of the second.
        community.At("20:00");
        Assert.Equal(other.Address, community.Rules.Mandates.MandateOf(community.State, community.Member("ben").Id)?.Agent);
    }

    [Fact]
    public void A_suspended_members_agent_places_nothing()
    {
        using TestCommunity community = WithMandate();
        Bids(community, 1, 0.10m).Accepted();
        community.Manager.Calls("registry", "suspend-member", new SuspendMember { Member = community.Member("ben").Bytes, Suspended = true }).Accepted();
        Bids(community, 1, 0.10m, label: 2).Refused("not-a-member");
        Withdraws(community, label: 1).Accepted();
    }

    [Fact]
    public void An_agent_may_do_nothing_else()
    {
        using TestCommunity community = WithMandate();
        Person robot = Robot(community);
        robot.Calls("wallet", "transfer", new Transfer { To = community.Member("anna").Bytes, Amount = 1 }).Refused("no-such-member");
        robot.Calls("market", "correct", new CorrectPeriod()).Refused("not-a-member");
        robot.Calls("mandate", "grant", Mandate(community.Person("other robot"))).Refused("not-a-member");
        robot.Calls("market", "place", Order(community, OrderSide.Buy, 1, 0.10m, member: null)).Refused("not-a-member");
        robot.Calls("market", "place", Order(community, OrderSide.Buy, 1, 0.10m, "anna")).Refused("no-mandate");
    }

    [Fact]
    public void Granting_over_and_over_leaves_one_mandate_and_one_scheduled_call_for_its_hour()
    {
        using TestCommunity community = WithMandate();
        for (int time = 0; time < 20; time++)
        {
            community.Member("ben").Calls("mandate", "grant", Mandate(Robot(community))).Accepted();
        }

        int before = community.ScheduledCalls;
        community.Manager.Calls("market", "stop", new StopMarket());
        community.At("19:59");
        int untilThen = community.ScheduledCalls - before;
        community.At("20:00");
        Assert.Equal(untilThen + 1, community.ScheduledCalls - before);
        Assert.Empty(community.Rules.Mandates.Mandates(community.State));
    }

    private static TestCommunity WithMandate(Action<SetParameters>? rules = null, uint sides = 3, string member = "ben")
    {
        TestCommunity community = TestCommunity.Trading(rules).At("12:10");
        Assert.Equal(community.Member(member).Id, community.Member(member).Calls("mandate", "grant", Mandate(Robot(community), sides)).The<MandateGranted>().Member);
        return community;
    }

    private static Person Robot(TestCommunity community) => community.Person("robot");

    private static Reply Bids(TestCommunity community, decimal kWh, decimal price, uint label = 1) =>
        Robot(community).Calls("market", "place", Order(community, OrderSide.Buy, kWh, price, "ben", label));

    private static Reply Replaces(TestCommunity community, decimal kWh, decimal price)
    {
        PlaceOrder order = Order(community, OrderSide.Buy, kWh, price, "ben");
        return Robot(community).Calls("market", "replace", new ReplaceOrder
        {
            DeliveryMs = order.DeliveryMs,
            Label = order.Label,
            Side = order.Side,
            QuantityWh = order.QuantityWh,
            LimitPrice = order.LimitPrice,
            ForMember = order.ForMember,
        });
    }

    private static Reply Withdraws(TestCommunity community, uint label) => Robot(community).Calls(
        "market",
        "withdraw",
        new WithdrawOrder { DeliveryMs = community.Delivery.UnixMilliseconds, Label = label, ForMember = community.Member("ben").Bytes });

    private static PlaceOrder Order(TestCommunity community, OrderSide side, decimal kWh, decimal price, string? member, uint label = 1) => new()
    {
        DeliveryMs = community.Delivery.UnixMilliseconds,
        Label = label,
        Side = side,
        QuantityWh = (long)(kWh * 1000),
        LimitPrice = (long)(price * 1_000_000),
        ForMember = member is null ? Google.Protobuf.ByteString.Empty : community.Member(member).Bytes,
    };
}
