using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class MechanismTests
{
    public static TheoryData<string> OfOrders => [.. Mechanisms.Names.Where(name => name != "reverse-auction")];

    [Theory]
    [MemberData(nameof(OfOrders))]
    public void The_ledger_clears_as_the_mechanism_does(string mechanism)
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = mechanism);
        community.At("12:10").Member("anna").Asks(4, 0.08m).Accepted();
        community.Member("ben").Bids(5, 0.16m).Accepted();
        community.Member("carl").Asks(3, 0.10m).Accepted();
        community.Member("dora").Bids(1, 0.12m).Accepted();
        community.Member("dora").Bids(2, 0.05m, label: 2).Accepted();
        Order[] orders =
        [
            Placed(community, "anna", Side.Sell, 4000, 80_000, 1),
            Placed(community, "ben", Side.Buy, 5000, 160_000, 2),
            Placed(community, "carl", Side.Sell, 3000, 100_000, 3),
            Placed(community, "dora", Side.Buy, 1000, 120_000, 4),
            Placed(community, "dora", Side.Buy, 2000, 50_000, 5),
        ];
        MarketClearing expected = Mechanisms.Find(mechanism).Clear(orders);
        MarketCleared cleared = community.At("12:55").All<MarketCleared>()[0];
        Assert.NotEmpty(expected.Trades);
        Assert.Equal(expected.Price, cleared.Price);
        Assert.Equal(
            expected.Trades.Select(trade => new MemberTrade(Of(orders, trade.Buy), Of(orders, trade.Sell), trade.Quantity, trade.Price, trade.Amount)),
            cleared.Trades.Trades);
        community.At("14:30").EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }

    [Fact]
    public void A_reverse_auction_takes_the_cheapest_offers_until_its_buyer_is_served()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = "reverse-auction");
        community.At("12:10").Member("ben").Bids(5, 0.16m).Accepted();
        community.Member("carl").Asks(3, 0.10m).Accepted();
        community.Member("anna").Asks(4, 0.08m).Accepted();
        MemberTrade[] trades = community.At("12:55").All<MarketCleared>()[0].Trades.Trades;
        Assert.Equal([("4.000 kWh", "0.320000"), ("1.000 kWh", "0.100000")], trades.Select(trade => (trade.Quantity.ToString(), trade.Amount.ToDecimal())));
    }

    [Fact]
    public void A_second_bid_cannot_spoil_a_reverse_auction()
    {
        using TestCommunity community = TestCommunity.Trading(rules => (rules.Mechanism, rules.PaysUniform) = ("reverse-auction", true));
        community.At("12:10").Member("ben").Bids(5, 0.16m).Accepted();
        community.Member("dora").Bids(0.001m, 0.30m).Accepted();
        community.Member("anna").Asks(6, 0.08m).Accepted();
        MemberTrade trade = Assert.Single(community.At("12:55").All<MarketCleared>()[0].Trades.Trades);
        Assert.Equal((community.Member("ben").Id, new Energy(5000), new Price(80_000)), (trade.Buyer, trade.Quantity, trade.Price));
        Assert.Equal("0.000000", community.Member("dora").Locked);
    }

    [Fact]
    public void A_reverse_auction_without_a_buyer_trades_nothing()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = "reverse-auction");
        community.At("12:10").Member("anna").Asks(6, 0.08m).Accepted();
        Assert.Empty(community.At("12:55").All<MarketCleared>()[0].Trades.Trades);
        community.At("14:30").EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_surplus_goes_to_the_nearest_neighbour_at_the_fixed_price()
    {
        using TestCommunity community = TestCommunity.Trading(rules =>
            (rules.Mechanism, rules.HasFixedPrice, rules.FixedPrice) = ("nearest-neighbour", true, 100_000));
        Distance(community, "anna", "ben", 300);
        Distance(community, "dora", "anna", 20);
        community.At("12:10").Member("ben").Bids(1, 0.1m).Refused("no-orders", "This community shares by nearest-neighbour: there are no orders to place.");
        community.At("14:05");
        Report(community, anna: -5, ben: 4, carl: 0, dora: 3);
        PeriodSettled settled = community.At("14:30").All<PeriodSettled>()[0];
        Assert.Equal(
            [(community.Member("dora").Id, 3000L), (community.Member("ben").Id, 2000L)],
            settled.Trades.Trades.Select(trade => (trade.Buyer, trade.Quantity.WattHours)));
        Assert.Equal("100.500000", community.Member("anna").Balance);
        Assert.Equal("99.400000", community.Member("ben").Balance);
    }

    [Theory]
    [InlineData("dynamic", 4000, 2000)]
    [InlineData("static", 1500, 4500)]
    [InlineData("tiered", 0, 6000)]
    public void A_surplus_is_divided_by_the_sharing_key(string key, long toBen, long toDora)
    {
        using TestCommunity community = TestCommunity.Trading(rules => (rules.Mechanism, rules.SharingKey) = ("sharing-key", key));
        Weighs(community, "ben", weight: 1, tier: 2);
        Weighs(community, "dora", weight: 3, tier: 1);
        community.At("14:05");
        decimal doraTakes = key == "dynamic" ? 4 : 9;
        Report(community, anna: -6, ben: 8, carl: 0, dora: doraTakes);
        PeriodSettled settled = community.At("14:30").All<PeriodSettled>()[0];
        Assert.Equal(toBen, Bought(settled, community.Member("ben").Id));
        Assert.Equal(toDora, Bought(settled, community.Member("dora").Id));
        Assert.All(settled.Trades.Trades, trade => Assert.Equal(new Price(120_000), trade.Price));
        community.EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }

    internal static void Report(TestCommunity community, decimal? anna, decimal? ben, decimal? carl, decimal? dora)
    {
        foreach ((string name, decimal? net) in (ReadOnlySpan<(string, decimal?)>)[("anna", anna), ("ben", ben), ("carl", carl), ("dora", dora)])
        {
            if (net is { } value)
            {
                community.Member(name).Reports(decimal.Max(value, 0), decimal.Max(-value, 0)).Accepted();
            }
        }
    }

    private static long Bought(PeriodSettled settled, MemberId member) =>
        settled.Trades.Trades.Where(trade => trade.Buyer == member).Sum(trade => trade.Quantity.WattHours);

    private static void Distance(TestCommunity community, string one, string other, long metres) => community.Manager
        .Calls("registry", "set-distance", new SetDistance { One = community.Member(one).Bytes, Other = community.Member(other).Bytes, Metres = metres })
        .Accepted();

    private static void Weighs(TestCommunity community, string name, long weight, uint tier) => community.Manager
        .Calls("registry", "register-member", new RegisterMember { Member = community.Member(name).Bytes, ConnectionW = 20_000, SharingWeight = weight, SharingTier = tier })
        .Accepted();

    private static Order Placed(TestCommunity community, string member, Side side, long quantity, long price, long sequence) =>
        new(new OrderId(sequence), community.Member(member).Id, side, new Energy(quantity), new Price(price), sequence);

    private static MemberId Of(Order[] orders, OrderId order) => orders[(int)order.Value - 1].Member;
}
