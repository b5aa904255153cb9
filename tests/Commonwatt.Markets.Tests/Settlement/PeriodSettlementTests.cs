using Commonwatt.Markets.Settlement;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests.Settlement;

public sealed class PeriodSettlementTests
{
    [Fact]
    public void A_perfect_period_has_its_trades_and_nothing_else()
    {
        Period period = new([Period.Trade(buyer: 1, seller: 2, 1000, 120_000)], [Period.Meter(1, 1000), Period.Meter(2, -1000)]);

        Assert.Equal(["member 1->member 2 Trade 1000@120000=120000"], Period.Describe(period.Settle(Period.Plain)));
    }

    [Fact]
    public void The_buyer_of_a_trade_pays_the_local_grid_fee()
    {
        Period period = new([Period.Trade(buyer: 1, seller: 2, 1000, 120_000)], [Period.Meter(1, 1000), Period.Meter(2, -1000)]);

        Assert.Equal(
            ["member 1->member 2 Trade 1000@120000=120000", "member 1->Dso LocalGridFee 1000@20000=20000"],
            Period.Describe(period.Settle(Period.Plain with { LocalGridFee = new Price(20_000) })));
    }

    [Fact]
    public void A_member_without_trades_settles_what_his_meter_counted() => Assert.Equal(
        ["member 1->Utility UtilityImport 700@220000=154000", "Utility->member 2 UtilityExport 300@50000=15000"],
        Period.Describe(new Period([], [Period.Meter(1, 700), Period.Meter(2, -300)]).Settle(Period.Plain)));

    [Fact]
    public void Pooled_deviations_meet_in_the_middle_of_retail_and_feed_in_and_the_rest_goes_to_the_utility()
    {
        // 900 Wh taken beyond the contracts share the 300 Wh left over: 200 for member 1, 100 for member 3.
        Period period = new([], [Period.Meter(1, 600), Period.Meter(2, -300), Period.Meter(3, 300)]);

        Assert.Equal(
            [
                "member 1->member 2 PooledImbalance 200@135000=27000",
                "member 3->member 2 PooledImbalance 100@135000=13500",
                "member 1->Utility UtilityImport 400@220000=88000",
                "member 3->Utility UtilityImport 200@220000=44000",
            ],
            Period.Describe(period.Settle(Period.Plain with { Imbalance = ImbalanceRule.Pooled })));
    }

    [Fact]
    public void A_negative_feed_in_price_makes_the_exporter_pay() => Assert.Equal(
        ["member 1->Utility UtilityExport 1000@-10000=10000"],
        Period.Describe(new Period([], [Period.Meter(1, -1000)]).Settle(Period.Plain with { FeedIn = new Price(-10_000) })));

    [Theory]
    [InlineData(-1000, 0)]
    [InlineData(-1200, 0)]
    [InlineData(-600, 400)]
    [InlineData(0, 1000)]
    [InlineData(250, 1000)]
    public void A_seller_pays_for_what_he_sold_and_did_not_deliver(long net, long shortfall)
    {
        Period period = new([Period.Trade(buyer: 1, seller: 2, 1000, 120_000)], [Period.Meter(1, 1000), Period.Meter(2, net)]);

        IEnumerable<SettlementLine> penalties = period.Settle(Period.Plain with { ShortfallPenalty = new Price(30_000) })
            .Where(line => line.Kind == SettlementLineKind.ShortfallPenalty);

        Assert.Equal(
            shortfall == 0 ? [] : [$"member 2->CommunityFund ShortfallPenalty {shortfall}@30000={shortfall * 30}"],
            Period.Describe(penalties));
    }

    [Fact]
    public void Lines_that_rest_on_a_stand_in_are_marked_and_others_are_not()
    {
        Period period = new([Period.Trade(1, 2, 100, 120_000)], [Period.Meter(1, 700, estimated: true), Period.Meter(2, -200), Period.Meter(3, 50)]);

        Assert.Equal(
            [
                "member 1->member 2 Trade 100@120000=12000",
                "member 1->member 2 PooledImbalance 92@135000=12420 estimated",
                "member 3->member 2 PooledImbalance 8@135000=1080",
                "member 1->Utility UtilityImport 508@220000=111760 estimated",
                "member 3->Utility UtilityImport 42@220000=9240",
            ],
            Period.Describe(period.Settle(Period.Plain with { Imbalance = ImbalanceRule.Pooled })));
    }

    [Fact]
    public void All_lines_add_up_to_zero_and_none_is_negative() => ForEverySettlement((_, _, lines) =>
    {
        Assert.Equal(0, Period.Balances(lines).Values.Sum());
        Assert.All(lines, line => Assert.True(!line.Amount.IsNegative && line.Quantity > Energy.Zero));
    });

    [Fact]
    public void Every_members_meter_is_accounted_for_to_the_watt_hour() => ForEverySettlement((period, _, lines) =>
    {
        foreach (MeteredEnergy metered in period.Metered)
        {
            Party member = Party.Member(metered.Member);
            long settled = lines.Sum(line => Taken(line, member));
            Assert.Equal(metered.Net.WattHours, settled);
        }
    });

    [Fact]
    public void Under_the_pooled_rule_the_utility_sees_one_direction_only() => ForEverySettlement((_, terms, lines) =>
    {
        bool imports = lines.Any(line => line.Kind == SettlementLineKind.UtilityImport);
        bool exports = lines.Any(line => line.Kind == SettlementLineKind.UtilityExport);
        Assert.False(terms.Imbalance == ImbalanceRule.Pooled && imports && exports);
        Assert.False(terms.Imbalance == ImbalanceRule.Utility && lines.Any(line => line.Kind == SettlementLineKind.PooledImbalance));
    });

    [Fact]
    public void How_trades_and_readings_are_stored_makes_no_difference() => Property.Holds(
        from period in Period.Random
        from terms in Period.Terms
        from trades in Gen.Shuffle(period.Trades)
        from metered in Gen.Shuffle(period.Metered)
        select (period, terms, shuffled: new Period(trades, metered)),
        given => Assert.Equal(given.period.Settle(given.terms), given.shuffled.Settle(given.terms)));

    [Fact]
    public void Many_members_settle_as_few_do()
    {
        Period period = new([], [.. Enumerable.Range(1, 1000).Select(member => Period.Meter(member, member % 2 == 0 ? -100 : 300))]);

        IReadOnlyList<SettlementLine> lines = period.Settle(Period.Plain with { Imbalance = ImbalanceRule.Pooled });

        Assert.Equal(50_000, lines.Where(line => line.Kind == SettlementLineKind.PooledImbalance).Sum(line => line.Quantity.WattHours));
        Assert.Equal(100_000, lines.Where(line => line.Kind == SettlementLineKind.UtilityImport).Sum(line => line.Quantity.WattHours));
    }

    [Fact]
    public void What_cannot_be_settled_is_named()
    {
        Refused("Member 2 trades and is not metered", new Period([Period.Trade(1, 2, 100, 1)], [Period.Meter(1, 100)]), Period.Plain);
        Refused("Member 1 is metered twice", new Period([], [Period.Meter(1, 100), Period.Meter(1, 100)]), Period.Plain);
        Refused("LocalGridFee is -1", new Period([], []), Period.Plain with { LocalGridFee = new Price(-1) });
        Refused("A trade of member 1 with member 2 has the quantity 0 Wh", new Period([Period.Trade(1, 2, 0, 1)], [Period.Meter(1, 1)]), Period.Plain);
    }

    // Energy that a line brings the member: bought counts, sold counts against.
    private static long Taken(SettlementLine line, Party member)
    {
        bool reversed = line.Price.IsNegative;
        (Party buyer, Party seller) = reversed ? (line.To, line.From) : (line.From, line.To);
        return line.Kind is SettlementLineKind.LocalGridFee or SettlementLineKind.ShortfallPenalty
            ? 0
            : (buyer == member ? line.Quantity.WattHours : 0) - (seller == member ? line.Quantity.WattHours : 0);
    }

    private static void ForEverySettlement(Action<Period, SettlementTerms, IReadOnlyList<SettlementLine>> check) => Property.Holds(
        from period in Period.Random
        from terms in Period.Terms
        select (period, terms),
        given => check(given.period, given.terms, given.period.Settle(given.terms)));

    private static void Refused(string beginning, Period period, SettlementTerms terms) =>
        Assert.StartsWith(beginning, Assert.Throws<ArgumentException>(() => period.Settle(terms)).Message, StringComparison.Ordinal);
}
