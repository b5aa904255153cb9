using Commonwatt.Agents;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Wire;
using Commonwatt.Markets;
using Commonwatt.Node.Mandates;
using Commonwatt.Node.Tests.Readings;
using static Commonwatt.Node.Tests.Readings.MeterHouse;

namespace Commonwatt.Node.Tests.Mandates;

public sealed class NodeAgentTests : IDisposable
{
    private readonly SmallCommunity community = new();
    private readonly MeterHouse house;
    private NodeAgent agent;

    public NodeAgentTests()
    {
        community.At("11:59");
        house = new MeterHouse(community);
        agent = NewAgent();
    }

    [Fact]
    public async Task For_a_member_who_usually_buys_it_bids_more_and_more_until_the_gate_and_within_his_mandate()
    {
        Used("ben", 2_000);
        Grants("ben");
        foreach (string time in (string[])["12:00", "12:10", "12:20", "12:30", "12:45", "12:54"])
        {
            await TurnsAt(time);
        }

        // From feed-in to retail; the mandate lets it go from 0.08 to 0.16.
        OrderPlaced[] placed = [.. community.All<OrderPlaced>()];
        Assert.Equal([80_000, 93_333, 146_667, 160_000], placed.Select(order => order.Order.LimitPrice.MicrosPerKilowattHour));
        Assert.All(placed, order => Assert.Equal((community.IdOf("ben"), SmallCommunity.AddressOf("agent"), new Energy(2_000), Side.Buy), (order.Key.Member, order.Order.Agent, order.Order.Quantity, order.Order.Side)));
    }

    [Fact]
    public async Task It_sells_what_a_member_usually_gives_to_the_grid()
    {
        Used("anna", -3_000);
        Grants("anna");
        await TurnsAt("12:00");
        OrderPlaced order = Assert.Single(community.All<OrderPlaced>());
        Assert.Equal((Side.Sell, new Energy(3_000)), (order.Order.Side, order.Order.Quantity));
    }

    [Fact]
    public async Task As_the_gate_nears_it_offers_no_more_than_the_newest_readings_bear_out()
    {
        Used("anna", -3_000);
        Grants("anna");
        await TurnsAt("12:00");
        community.At("12:52");
        Assert.Equal([""], house.Takes(Reading("anna", SmallCommunity.Time("12:00"), 0, 33_400)));
        await TurnsAt("12:54");
        Assert.Equal([3_000, 400], community.All<OrderPlaced>().Select(order => order.Order.Quantity.WattHours));
        Assert.Single(community.Rules.Market.Orders(community.State!, SmallCommunity.Time("13:00")));
    }

    [Theory]
    [InlineData("11:47", 2)]
    [InlineData("11:49", 3)]
    [InlineData("12:04", 3)]
    [InlineData("12:05", 4)]
    [InlineData("12:29", 4)]
    public void It_looks_again_whenever_another_period_was_measured_shortly_before_the_gate(string time, int look)
    {
        var listing = new OpenListing(
            new DeliveryPeriod(SmallCommunity.Time("13:00"), TimeSpan.FromHours(1)), default, SmallCommunity.Time("19:00", day: -1), SmallCommunity.Time("12:30"), []);
        Assert.Equal(look, listing.LookAt(SmallCommunity.Time(time)));
    }

    [Fact]
    public async Task It_offers_no_more_an_hour_than_the_mandate_says_and_no_more_than_there_is_money_for()
    {
        Used("ben", 8_000);
        Grants("ben");
        await TurnsAt("12:00");
        Assert.Equal(new Energy(5_000), Assert.Single(community.All<OrderPlaced>()).Order.Quantity);
        community.Must("wallet", "withdraw", new Withdraw { Member = SmallCommunity.Bytes("ben"), Amount = 99_600_000 });
        await TurnsAt("12:20");

        // 0.40 are there: at 0.093333 that is enough for 4.285 kWh.
        PlacedOrder order = community.All<OrderPlaced>()[^1].Order;
        Assert.Equal((93_333, 4_285), (order.LimitPrice.MicrosPerKilowattHour, order.Quantity.WattHours));
    }

    [Fact]
    public async Task It_sees_the_readings_of_no_other_member()
    {
        Used("anna", -3_000);
        Grants("ben");
        await TurnsAt("12:00");
        Assert.Empty(community.Sent);
    }

    [Fact]
    public async Task Without_a_mandate_and_after_one_was_withdrawn_it_does_nothing()
    {
        Used("ben", 2_000);
        await TurnsAt("12:00");
        Assert.Empty(community.Sent);
        Grants("ben");
        Assert.True(community.Calls("ben", "mandate", "withdraw", new WithdrawMandate()).IsDone);
        await TurnsAt("12:20");
        Assert.Empty(community.Sent);
    }

    [Fact]
    public async Task It_trades_no_side_that_the_mandate_leaves_out_and_takes_back_what_a_new_mandate_forbids()
    {
        Used("ben", 2_000);
        Grants("ben", sides: 2);
        await TurnsAt("12:00");
        Assert.Empty(community.Sent);
        Grants("ben", sides: 1);
        await TurnsAt("12:01");
        Assert.Single(community.All<OrderPlaced>());
        Grants("ben", sides: 2);
        await TurnsAt("12:02");
        Assert.Single(community.All<OrderWithdrawn>());
    }

    [Fact]
    public async Task Where_a_member_trades_himself_it_leaves_the_listing_to_him()
    {
        Used("ben", 2_000);
        Grants("ben");
        community.At("12:00");
        Assert.True(community.Calls("ben", "market", "place", Bid(label: 1)).IsDone);
        await TurnsAt("12:01");
        Assert.Empty(community.Sent);
    }

    [Fact]
    public async Task What_a_member_withdrew_is_not_placed_again()
    {
        Used("ben", 2_000);
        Grants("ben");
        await TurnsAt("12:00");
        Assert.True(community.Calls("ben", "market", "withdraw", new WithdrawOrder { DeliveryMs = SmallCommunity.Time("13:00").UnixMilliseconds, Label = AgentOrder.Label }).IsDone);
        await TurnsAt("12:20");
        await TurnsAt("12:54");
        Assert.Single(community.All<OrderPlaced>());
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_with_what_stands()
    {
        Used("ben", 2_000);
        Grants("ben");
        await TurnsAt("12:00");
        agent = NewAgent();
        await TurnsAt("12:01");
        Assert.Single(community.Sent);
        await TurnsAt("12:20");
        Assert.Equal(2, community.All<OrderPlaced>().Count);
        Assert.Single(community.Rules.Market.Orders(community.State!, SmallCommunity.Time("13:00")));
    }

    [Fact]
    public async Task After_a_restart_an_order_that_took_all_the_money_and_all_the_hour_is_seen_to_stand_and_is_not_placed_anew()
    {
        Used("ben", 8_000);
        Grants("ben");
        community.Must("wallet", "withdraw", new Withdraw { Member = SmallCommunity.Bytes("ben"), Amount = 99_600_000 });
        await TurnsAt("12:00");
        agent = NewAgent();
        await TurnsAt("12:00");
        agent = NewAgent();
        await TurnsAt("12:01");
        Assert.Single(community.Sent);
        Assert.Single(community.Rules.Market.Orders(community.State!, SmallCommunity.Time("13:00")));
    }

    [Fact]
    public async Task Where_an_answer_was_lost_the_order_stands_once_after_a_restart()
    {
        Used("ben", 2_000);
        Grants("ben");
        community.Reception = Reception.Unanswered;
        await TurnsAt("12:00");
        agent = NewAgent();
        community.Reception = Reception.Answered;
        await TurnsAt("12:00");
        await TurnsAt("12:20");
        Assert.Single(community.Rules.Market.Orders(community.State!, SmallCommunity.Time("13:00")));
        Assert.All(community.Answers.Skip(1), answer => Assert.True(answer.Outcome.IsDone, answer.Outcome.ToString()));
    }

    [Fact]
    public async Task What_a_member_withdrew_is_not_placed_again_after_a_restart_either()
    {
        Used("ben", 2_000);
        Grants("ben");
        await TurnsAt("12:00");
        Assert.True(community.Calls("ben", "market", "withdraw", new WithdrawOrder { DeliveryMs = SmallCommunity.Time("13:00").UnixMilliseconds, Label = AgentOrder.Label }).IsDone);
        agent = NewAgent();
        agent.Past = new Withdrawn(community.IdOf("ben"), SmallCommunity.Time("13:00"));
        await TurnsAt("12:20");
        await TurnsAt("12:54");
        Assert.Single(community.All<OrderPlaced>());
    }

    [Fact]
    public async Task Until_it_is_known_what_was_withdrawn_before_a_restart_nothing_is_placed()
    {
        Used("ben", 2_000);
        Grants("ben");
        var past = new KnownLater();
        agent.Past = past;
        await TurnsAt("12:00");
        Assert.Empty(community.Sent);

        past.IsKnown = true;
        await TurnsAt("12:01");
        Assert.Single(community.All<OrderPlaced>());
    }

    [Fact]
    public async Task A_member_sees_his_mandate_and_what_was_used_of_it()
    {
        Used("ben", 2_000);
        Grants("ben");
        await TurnsAt("12:00");
        community.At("13:01");
        var endpoints = new MandateEndpoints(community, agent.Address, community);
        MandateJson mandate = endpoints.Of(community.IdOf("ben").Value, grants: null)!;
        Assert.Equal(("both", 80_000, 160_000, 5_000, 2_000), (mandate.Sides, mandate.Lowest, mandate.Highest, mandate.MostWhPerHour, mandate.UsedWhThisHour));
        Assert.Equal(("1970-01-01T00:00:00Z", "2024-06-01T20:00:00Z"), (mandate.From, mandate.Until));
        Assert.Null(endpoints.Of(community.IdOf("anna").Value, grants: null));
        community.At("20:00");
        Assert.Null(endpoints.Of(community.IdOf("ben").Value, grants: null));
    }

    [Fact]
    public async Task Whatever_the_mandates_the_ledger_refuses_nothing_that_the_agent_sends()
    {
        var random = new Random(7);
        int sent = 0;
        for (int round = 0; round < 10; round++)
        {
            using var other = new SmallCommunity(periodMinutes: 15);
            other.At("11:59");
            var readings = new MeterHouse(other);
            var trader = new NodeAgent(other, readings.Store, SmallCommunity.Key("agent"), other, BiddingStrategyKind.Linear);
            foreach ((string who, int sign) in ((string, int)[])[("anna", -1), ("ben", 1)])
            {
                long counted = 0;
                for (int quarter = 0; quarter <= 48; quarter++)
                {
                    Instant at = SmallCommunity.Time("00:00") + (TimeSpan.FromMinutes(15) * (quarter - 1));
                    readings.Takes(sign > 0 ? Reading(who, at, counted) : Reading(who, at, 0, counted));
                    counted += random.Next(4_000);
                }

                long lowest = random.Next(300_000);
                Assert.True(other.Calls(who, "mandate", "grant", new GrantMandate
                {
                    Agent = SmallCommunity.Bytes("agent"),
                    Sides = (uint)random.Next(1, 4),
                    LowestPrice = lowest,
                    HighestPrice = lowest + random.Next(100_000),
                    MostWhPerHour = 1 + random.Next(6_000),
                    UntilMs = SmallCommunity.Time("15:00").UnixMilliseconds,
                }).IsDone);
            }

            for (Instant time = SmallCommunity.Time("12:00"); time < SmallCommunity.Time("14:00"); time += TimeSpan.FromMinutes(7))
            {
                other.At(time);
                await trader.TurnAsync(TestContext.Current.CancellationToken);
            }

            sent += other.Answers.Count;
            Assert.All(other.Answers, answer => Assert.True(answer.Outcome.IsDone, answer.Outcome.ToString()));
        }

        Assert.True(sent > 100, $"Only {sent} orders were sent: the members let the agent do too little to try anything.");
    }

    public void Dispose() => community.Dispose();

    private NodeAgent NewAgent() => new(community, house.Store, SmallCommunity.Key("agent"), community, BiddingStrategyKind.Linear);

    private Task<bool> TurnsAt(string time)
    {
        community.At(time);
        return agent.TurnAsync(TestContext.Current.CancellationToken);
    }

    // Each hour since midnight: so much in, or out where it is below zero.
    private void Used(string who, int wattHours)
    {
        for (int hour = 0; hour <= 11; hour++)
        {
            long counted = (long)int.Abs(wattHours) * hour;
            Instant at = SmallCommunity.Today + TimeSpan.FromHours(hour);
            Assert.Equal([""], house.Takes(wattHours > 0 ? Reading(who, at, counted) : Reading(who, at, 0, counted)));
        }
    }

    private void Grants(string who, uint sides = 3)
    {
        Assert.True(community.Calls(who, "mandate", "grant", new GrantMandate
        {
            Agent = SmallCommunity.Bytes("agent"),
            Sides = sides,
            LowestPrice = 80_000,
            HighestPrice = 160_000,
            MostWhPerHour = 5_000,
            UntilMs = SmallCommunity.Time("20:00").UnixMilliseconds,
        }).IsDone);
    }

    private sealed class KnownLater : IPastOrders
    {
        public bool IsKnown { get; set; }

        public bool? WasWithdrawn(MemberId member, Instant delivery, byte label) => IsKnown ? false : null;
    }

    private sealed record Withdrawn(MemberId Member, Instant Delivery) : IPastOrders
    {
        public bool? WasWithdrawn(MemberId member, Instant delivery, byte label) => member == Member && delivery == Delivery && label == AgentOrder.Label;
    }

    private static PlaceOrder Bid(uint label) => new()
    {
        DeliveryMs = SmallCommunity.Time("13:00").UnixMilliseconds,
        Label = label,
        Side = OrderSide.Buy,
        QuantityWh = 100,
        LimitPrice = 100_000,
    };
}
