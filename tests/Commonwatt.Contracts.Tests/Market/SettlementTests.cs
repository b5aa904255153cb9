using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class SettlementTests
{
    // Anna sells Ben 4 kWh at 0.12 and delivers 3; Ben takes 5; Carl gives 2 that nobody bought.
    [Theory]
    [InlineData(Imbalance.Pooled, "100.340000", "99.360000", "100.240000", "0.000000")]
    [InlineData(Imbalance.Utility, "100.260000", "99.280000", "100.080000", "0.320000")]
    public void Deviations_go_by_the_rule_the_community_chose(Imbalance rule, string anna, string ben, string carl, string utility)
    {
        using TestCommunity community = TestCommunity.Trading(rules =>
            (rules.Imbalance, rules.LocalGridFee, rules.ShortfallPenalty) = (rule, 10_000, 20_000));
        SellsToBen(community);
        community.At("14:05");
        MechanismTests.Report(community, anna: -3, ben: 5, carl: -2, dora: 0);
        community.At("14:30");
        Assert.Equal((anna, ben, carl), (community.Member("anna").Balance, community.Member("ben").Balance, community.Member("carl").Balance));
        Assert.Equal("0.040000", community.BalanceOf(CommunityAccounts.Dso).ToDecimal());
        Assert.Equal("0.020000", community.BalanceOf(CommunityAccounts.CommunityFund).ToDecimal());
        Assert.Equal(utility, community.BalanceOf(CommunityAccounts.Utility).ToDecimal());
        Assert.All(community.All<PeriodSettled>()[0].Lines, line => Assert.False(line.Estimated));
    }

    [Fact]
    public void Trades_above_the_networks_limit_are_cut_pro_rata_and_the_event_says_why()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.Mechanism = "pay-as-bid");
        community.At("12:10").Member("anna").Asks(8, 0.10m).Accepted();
        community.Member("ben").Bids(6, 0.20m).Accepted();
        community.Member("dora").Bids(2, 0.10m).Accepted();
        Limit(community, 4000).Accepted();
        community.At("12:55");
        Assert.Equal(new TradesCurtailed(community.Delivery, new Power(4000), new Energy(8000), new Energy(4000)), Assert.Single(community.All<TradesCurtailed>()));
        MarketCleared cleared = community.All<MarketCleared>()[0];
        Assert.Equal([(3000L, "0.600000"), (1000L, "0.100000")], cleared.Trades.Trades.Select(trade => (trade.Quantity.WattHours, trade.Amount.ToDecimal())));
        Assert.Equal(("0.600000", "0.100000"), (community.Member("ben").Locked, community.Member("dora").Locked));
    }

    [Fact]
    public void A_limit_of_nothing_stops_all_trade_and_one_that_is_kept_changes_nothing()
    {
        using TestCommunity community = TestCommunity.Trading();
        SellsToBen(community);
        Limit(community, 0).Accepted();
        Assert.Empty(community.At("12:55").All<MarketCleared>()[0].Trades.Trades);
        Assert.Equal("0.000000", community.Member("ben").Locked);

        SellsToBen(community.For("14:00").At("13:10"));
        Limit(community, 4000).Accepted();
        Assert.Single(community.At("13:55").All<MarketCleared>()[1].Trades.Trades);
        Assert.Single(community.All<TradesCurtailed>());
    }

    [Fact]
    public void A_missing_reading_is_stood_in_for_by_last_week_else_yesterday_else_the_contract()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("14:05").Member("ben").Reports(3).Accepted();
        Assert.Equal(new MeteredEnergy(community.Member("ben").Id, new Energy(3000)), OfBen(community.At("14:30"), 0));
        Assert.Equal(new MeteredEnergy(community.Member("ben").Id, new Energy(3000), Estimated: true), OfBen(community.At("14:30", day: 1), 24));
        community.For("13:00", day: 6).At("14:05", day: 6).Member("ben").Reports(7).Accepted();
        Assert.Equal(new Energy(3000), OfBen(community.At("14:30", day: 7), 7 * 24).Net);
        SellsToBen(community.For("13:00", day: 10).At("12:10", day: 10));
        Assert.Equal(new MeteredEnergy(community.Member("ben").Id, new Energy(4000), Estimated: true), OfBen(community.At("14:30", day: 10), 10 * 24));
        Assert.Contains(community.All<PeriodSettled>()[24].Lines, line => line is { Estimated: true, Kind: SettlementLineKind.UtilityImport });
    }

    [Fact]
    public void Tariffs_are_those_of_the_start_of_delivery()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.Manager.Calls("governance", "set-tariffs", TestCommunity.Tariff(TestCommunity.Time("14:00").UnixMilliseconds, 0.30m, 0.05m)).Accepted();
        community.At("14:05").Member("ben").Reports(1).Accepted();
        community.For("14:00").At("15:05").Member("ben").Reports(1).Accepted();
        community.At("15:30");
        Assert.Equal("99.500000", community.Member("ben").Balance);
        Assert.Equal([new Price(200_000), new Price(300_000)], community.All<PeriodSettled>().Select(settled => settled.Retail));
    }

    internal static void SellsToBen(TestCommunity community)
    {
        if (community.Now < TestCommunity.Time("12:10"))
        {
            community.At("12:10");
        }

        community.Member("anna").Asks(4, 0.08m).Accepted();
        community.Member("ben").Bids(4, 0.16m).Accepted();
    }

    private static Reply Limit(TestCommunity community, long watts) =>
        community.Dso.Calls("market", "set-network-limit", new SetNetworkLimit { DeliveryMs = community.Delivery.UnixMilliseconds, PowerW = watts });

    private static MeteredEnergy OfBen(TestCommunity community, int period)
    {
        MemberId ben = community.Member("ben").Id;
        return Assert.Single(community.All<PeriodSettled>()[period].Metered, one => one.Member == ben);
    }
}
