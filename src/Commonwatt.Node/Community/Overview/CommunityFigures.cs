using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Overview;

/// <summary>The figures that people compare communities by, over the periods of a range that settled.</summary>
internal static class CommunityFigures
{
    /// <summary>The figures of a range.</summary>
    public static FiguresJson Of(TableSnapshot tables, TimeRange range)
    {
        object bounds = new { from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds };
        Sums sums = tables.Find<Sums>(
            """
            SELECT COUNT(*) AS Periods, CAST(COALESCE(SUM(traded_wh), 0) AS BIGINT) AS Traded, CAST(COALESCE(SUM(drawn_wh), 0) AS BIGINT) AS Drawn, CAST(COALESCE(SUM(fed_wh), 0) AS BIGINT) AS Fed,
              CAST(COALESCE(SUM(CASE WHEN drawn_wh > fed_wh THEN drawn_wh - fed_wh ELSE 0 END), 0) AS BIGINT) AS Imported,
              CAST(COALESCE(SUM(CASE WHEN fed_wh > drawn_wh THEN fed_wh - drawn_wh ELSE 0 END), 0) AS BIGINT) AS Exported
            FROM periods WHERE delivery >= @from AND delivery < @to AND settled_at IS NOT NULL
            """,
            bounds)!;
        return new FiguresJson(
            range.From,
            range.To,
            sums.Periods,
            Share(sums.Drawn - sums.Imported, sums.Drawn),
            Share(sums.Fed - sums.Exported, sums.Fed),
            sums.Traded,
            sums.Imported,
            sums.Exported,
            Saved(tables, bounds));
    }

    // What members did not pay themselves, the utility, the DSO and the fund got.
    private static long Saved(TableSnapshot tables, object bounds)
    {
        long paidOut = tables.Find<long>(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM entries WHERE account IN (-1, -2, -3) AND delivery >= @from AND delivery < @to AND kind = 'settlement'", bounds);
        Money without = Money.Zero;
        foreach ((long net, long retail, long feedIn) in tables.Stream<(long, long, long)>(
            "SELECT m.net_wh, p.retail, p.feed_in FROM periods p JOIN metered m ON m.delivery = p.delivery WHERE p.delivery >= @from AND p.delivery < @to AND p.settled_at IS NOT NULL", bounds))
        {
            without += net < 0 ? new Energy(-net).At(new Price(feedIn)) : -new Energy(net).At(new Price(retail));
        }

        return -paidOut - without.Micros;
    }

    // Four decimals, from whole numbers.
    private static decimal? Share(long part, long whole) => whole == 0 ? null : decimal.Round((decimal)part / whole, 4);

    private sealed record Sums
    {
        public long Periods { get; init; }

        public long Traded { get; init; }

        public long Drawn { get; init; }

        public long Fed { get; init; }

        public long Imported { get; init; }

        public long Exported { get; init; }
    }
}

/// <summary>The community's figures over a range, by the members' meters: what is used behind a meter does not count.</summary>
/// <param name="From">The start of the range.</param>
/// <param name="To">Its end.</param>
/// <param name="Periods">How many periods have settled.</param>
/// <param name="SelfSufficiency">The share of what members drew that neighbours fed in at the same time, 0 to 1; null where nothing was drawn.</param>
/// <param name="SelfConsumption">The share of what members fed in that neighbours drew at the same time, 0 to 1; null where nothing was fed in.</param>
/// <param name="TradedWh">The energy traded.</param>
/// <param name="ImportedWh">What the community as a whole drew from the grid.</param>
/// <param name="ExportedWh">What it fed in.</param>
/// <param name="Saved">What the members saved together, against the utility's tariffs alone, micro-currency.</param>
internal sealed record FiguresJson(
    Instant From, Instant To, long Periods, decimal? SelfSufficiency, decimal? SelfConsumption, long TradedWh, long ImportedWh, long ExportedWh, long Saved);
