using Commonwatt.Markets.Settlement;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests.Settlement;

/// <summary>One period's trades and readings, as examples and at random.</summary>
internal sealed record Period(MemberTrade[] Trades, MeteredEnergy[] Metered)
{
    /// <summary>Retail 0.22, feed-in 0.05, no local fee, no penalty.</summary>
    public static readonly SettlementTerms Plain = new(new Price(220_000), new Price(50_000), Price.Zero, ImbalanceRule.Utility, Price.Zero);

    /// <summary>Up to six members and eight trades.</summary>
    public static Gen<Period> Random { get; } =
        from members in Gen.Choose(1, 6)
        from count in Gen.Choose(0, 8)
        from trades in Gen.ArrayOf(
            from buyer in Gen.Choose(1, members)
            from seller in Gen.Choose(1, members)
            from wattHours in Gen.Choose(1, 500)
            from price in Gen.Choose(0, 300_000)
            select Trade(buyer, seller, wattHours, price),
            count)
        from metered in Readings(members)
        select new Period(trades, metered);

    /// <summary>A period, and the same with other readings.</summary>
    public static Gen<(Period Before, Period After, Period Later)> Corrected { get; } =
        from period in Random
        from after in Readings(period.Metered.Length)
        from later in Readings(period.Metered.Length)
        select (period, period with { Metered = after }, period with { Metered = later });

    /// <summary>Terms of both rules; the feed-in price may be negative or above retail.</summary>
    public static Gen<SettlementTerms> Terms { get; } =
        from retail in Gen.Choose(0, 300_000)
        from feedIn in Gen.Choose(-100_000, 320_000)
        from fee in Gen.Elements(0, 20_000)
        from penalty in Gen.Elements(0, 30_000)
        from rule in Gen.Elements(ImbalanceRule.Pooled, ImbalanceRule.Utility)
        select new SettlementTerms(new Price(retail), new Price(feedIn), new Price(fee), rule, new Price(penalty));

    public static MemberTrade Trade(long buyer, long seller, long wattHours, long price) =>
        new(new(buyer), new(seller), new(wattHours), new(price), new Energy(wattHours).At(new Price(price)));

    public static MeteredEnergy Meter(long member, long net, bool estimated = false) => new(new(member), new(net), estimated);

    public IReadOnlyList<SettlementLine> Settle(SettlementTerms terms) => PeriodSettlement.Settle(Trades, Metered, terms);

    /// <summary>Lines as <c>from-&gt;to kind quantity@price=amount</c>.</summary>
    public static IEnumerable<string> Describe(IEnumerable<SettlementLine> lines) => lines.Select(line =>
        $"{line.From}->{line.To} {line.Kind} {line.Quantity.WattHours}@{line.Price.MicrosPerKilowattHour}={line.Amount.Micros}"
        + (line.Estimated ? " estimated" : "")
        + (line.Correction ? " correction" : ""));

    /// <summary>What each party has after the lines.</summary>
    public static SortedDictionary<Party, long> Balances(IEnumerable<SettlementLine> lines)
    {
        SortedDictionary<Party, long> balances = [];
        foreach (SettlementLine line in lines)
        {
            balances[line.From] = balances.GetValueOrDefault(line.From) - line.Amount.Micros;
            balances[line.To] = balances.GetValueOrDefault(line.To) + line.Amount.Micros;
        }

        return balances;
    }

    private static Gen<MeteredEnergy[]> Readings(int members) =>
        from nets in Gen.ArrayOf(Gen.Choose(-800, 800), members)
        from estimated in Gen.ArrayOf(Gen.Elements(true, false), members)
        select nets.Select((net, index) => Meter(index + 1, net, estimated[index])).ToArray();
}
