using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Settlements;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>All settlement lines, for the manager, the auditor and the community's own programs.</summary>
internal sealed class SettlementEndpoints(CommunityFacts facts, CommunityTables tables)
{
    private const string Tag = "Settlement";
    private const string Scope = "settlement:read";

    private static readonly string[] Header =
    [
        "delivery", "from", "to", "kind", "quantityWh", "price (micro-currency/kWh)", "amount (micro-currency)", "estimated", "correction", "block", "eventIndex", "line",
    ];

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/settlement", Lines).ForRolesOrScope<Page<SettlementLineJson>>(Tag, "Settlement lines of all members", Scope, "manager", "auditor");
        api.MapGet("/settlement.csv", Table).ForRolesOrScope<CsvTable>(Tag, "Settlement lines of all members as CSV, of any range", Scope, "manager", "auditor").AsCsv();
        api.MapGet("/settlement/periods", Periods).ForRolesOrScope<Page<SettledPeriodJson>>(Tag, "What each settled period came to", Scope, "manager", "auditor");
    }

    private IResult Lines([AsParameters] SettlementQuery query, [AsParameters] PageQuery page)
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        string list = $"settlement {range} {query.Kind} {query.Number}";
        if (page.After(list, 4, out long[]? after) is { } problem)
        {
            return problem;
        }

        IReadOnlyList<LineRow> rows = tables.Read(now => SettlementLines.Part(now, query, range, after, page.Count + 1));
        Page<LineRow> shown = Page<LineRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Delivery, row.Height, row.Event, row.Place));
        return Results.Json(new Page<SettlementLineJson>([.. shown.Items.Select(row => row.ToJson())], shown.Next));
    }

    private CsvTable Table([AsParameters] SettlementQuery query) => new("settlement.csv", Header, Rows(query, query.Range(facts.Now, facts.Calendar)));

    // The tables stay open, as they were when the first row was read, until the last one is sent.
    private IEnumerable<object?[]> Rows(SettlementQuery query, TimeRange range)
    {
        using TableSnapshot now = tables.Open();
        foreach (LineRow row in SettlementLines.All(now, query, range))
        {
            SettlementLineJson line = row.ToJson();
            yield return
            [
                line.Delivery, line.From, line.To, line.Kind, line.QuantityWh, line.Price, line.Amount, line.Estimated, line.Correction, line.Block, line.EventIndex, line.Line,
            ];
        }
    }

    private IResult Periods([AsParameters] RangeQuery query, [AsParameters] PageQuery page)
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        string list = $"settled {range}";
        if (page.After(list, 1, out long[]? after) is { } problem)
        {
            return problem;
        }

        return tables.Read(now =>
        {
            IReadOnlyList<PeriodRow> rows = now.Query<PeriodRow>(
                $"SELECT {PeriodRow.Columns} FROM periods WHERE delivery >= @from AND delivery < @to AND delivery > @after AND settled_at IS NOT NULL ORDER BY delivery LIMIT @limit",
                new { from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds, after = after?[0] ?? -1, limit = page.Count + 1 });
            Page<PeriodRow> shown = Page<PeriodRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Delivery));
            Dictionary<(long, long), long> sums = shown.Items.Count == 0 ? [] : now.Query<(long Account, long Delivery, long Amount)>(
                """
                SELECT account, delivery, CAST(SUM(amount) AS BIGINT) FROM entries
                WHERE account IN (-1, -2, -3) AND delivery >= @first AND delivery <= @last AND kind = 'settlement' GROUP BY account, delivery
                """,
                new { first = shown.Items[0].Delivery, last = shown.Items[^1].Delivery }).ToDictionary(row => (row.Account, row.Delivery), row => row.Amount);
            return Results.Json(new Page<SettledPeriodJson>([.. shown.Items.Select(row => SettledPeriodJson.Of(row, sums))], shown.Next));
        });
    }
}

/// <summary>What a settled period came to.</summary>
/// <param name="Start">The start of delivery.</param>
/// <param name="End">Its end.</param>
/// <param name="Phase"><c>settled</c> or <c>corrected</c>.</param>
/// <param name="SettledAt">When it settled.</param>
/// <param name="CorrectedAt">When it was corrected last, or null.</param>
/// <param name="Retail">The utility's price, micro-currency per kWh.</param>
/// <param name="FeedIn">What the utility paid, micro-currency per kWh.</param>
/// <param name="Price">The price inside the community, micro-currency per kWh, or null.</param>
/// <param name="TradedWh">The energy traded.</param>
/// <param name="DrawnWh">What members drew, each by his own meter.</param>
/// <param name="FedWh">What members fed in.</param>
/// <param name="Estimates">For how many members an estimate stands in.</param>
/// <param name="Utility">What the utility got, micro-currency.</param>
/// <param name="Dso">What the DSO got.</param>
/// <param name="Fund">What the community's fund got.</param>
/// <param name="Members">What members got together: what the others did not.</param>
/// <param name="Block">The block it settled in.</param>
/// <param name="EventIndex">The event in the block.</param>
internal sealed record SettledPeriodJson(
    Instant Start,
    Instant End,
    string Phase,
    Instant SettledAt,
    Instant? CorrectedAt,
    long Retail,
    long FeedIn,
    long? Price,
    long TradedWh,
    long DrawnWh,
    long FedWh,
    long Estimates,
    long Utility,
    long Dso,
    long Fund,
    long Members,
    long Block,
    long EventIndex)
{
    /// <summary>A period as it is sent.</summary>
    /// <param name="row">The period.</param>
    /// <param name="sums">What the accounts of the community got, by account and delivery.</param>
    public static SettledPeriodJson Of(PeriodRow row, IReadOnlyDictionary<(long Account, long Delivery), long> sums)
    {
        long utility = sums.GetValueOrDefault((Projections.AccountNumber.Utility, row.Delivery));
        long dso = sums.GetValueOrDefault((Projections.AccountNumber.Dso, row.Delivery));
        long fund = sums.GetValueOrDefault((Projections.AccountNumber.CommunityFund, row.Delivery));
        return new SettledPeriodJson(
            row.Start,
            row.End,
            row.Stage,
            new Instant(row.SettledAt!.Value),
            row.CorrectedAt is { } corrected ? new Instant(corrected) : null,
            row.Retail ?? 0,
            row.FeedIn ?? 0,
            row.Price,
            row.TradedWh,
            row.DrawnWh ?? 0,
            row.FedWh ?? 0,
            row.Estimates,
            utility,
            dso,
            fund,
            -(utility + dso + fund),
            row.SettledHeight ?? 0,
            row.SettledEvent ?? 0);
    }
}
