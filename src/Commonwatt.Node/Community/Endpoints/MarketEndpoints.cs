using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Market;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>The market, as anybody may see it: periods and their curves, and nobody's name or number.</summary>
internal sealed class MarketEndpoints(CommunityFacts facts, CommunityTables tables, AnswerCache cache)
{
    private const string Tag = "Market";

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/market/periods", Periods).ForAnybody<Page<MarketPeriodJson>>(Tag, "Delivery periods and where they are in their life").WithTag304();
        api.MapGet("/market/periods/{start}", Period).ForAnybody<MarketCurvesJson>(Tag, "A period with its curves of supply and demand")
            .Produces<ProblemJson>(StatusCodes.Status404NotFound, "application/problem+json").WithTag304();
    }

    private IResult Periods([AsParameters] RangeQuery query, [AsParameters] PageQuery page)
    {
        Instant now = facts.Now;
        TimeRange range = query.Range(now, facts.Calendar);
        string list = $"periods {range}";
        if (page.After(list, 1, out long[]? after) is { } problem)
        {
            return problem;
        }

        return tables.Read(snapshot => cache.Answer($"{list} {page} {Freshness.Of(range, now)}", snapshot.Height, () =>
        {
            IReadOnlyList<PeriodRow> rows = snapshot.Query<PeriodRow>(
                $"SELECT {PeriodRow.Columns} FROM periods WHERE delivery >= @from AND delivery < @to AND delivery > @after ORDER BY delivery LIMIT @limit",
                new { from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds, after = after?[0] ?? -1, limit = page.Count + 1 });
            Page<PeriodRow> shown = Page<PeriodRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Delivery));
            return new Page<MarketPeriodJson>([.. shown.Items.Select(row => Json(row, row.Orders, now))], shown.Next);
        }));
    }

    private IResult Period(string start)
    {
        if (!InstantJson.TryRead(start, out Instant delivery))
        {
            return ApiProblem.WrongParameter("start", "wrong-time", "A period is asked for by its start, such as /api/v1/market/periods/2026-11-21T13:00:00Z.");
        }

        Instant now = facts.Now;
        return tables.Read<IResult>(snapshot =>
        {
            PeriodRow? row = snapshot.Find<PeriodRow>($"SELECT {PeriodRow.Columns} FROM periods WHERE delivery = @delivery", new { delivery = delivery.UnixMilliseconds });
            return row is null
                ? ApiProblem.NotFound($"No period that starts at {delivery} has opened: /api/v1/market/periods lists those that have.")
                : cache.Answer($"period {delivery} {row.PhaseAt(now)}", snapshot.Height, () => Curves(snapshot, row, now));
        });
    }

    private static MarketCurvesJson Curves(TableSnapshot snapshot, PeriodRow row, Instant now)
    {
        IReadOnlyList<(string Side, long Price, long QuantityWh)> orders = snapshot.Query<(string, long, long)>(
            "SELECT side, price, quantity_wh FROM orders WHERE delivery = @delivery AND state <> 'replaced' AND state <> 'withdrawn'",
            new { delivery = row.Delivery });
        MarketPeriodJson period = Json(row, orders.Count, now);
        return new MarketCurvesJson(
            period.Start,
            period.End,
            period.Phase,
            period.Times,
            period.Price,
            period.TradedWh,
            period.Orders,
            period.Trades,
            period.Curtailed,
            StepCurve.Demand(orders.Where(order => order.Side == "buy").Select(order => (order.Price, order.QuantityWh))),
            StepCurve.Supply(orders.Where(order => order.Side == "sell").Select(order => (order.Price, order.QuantityWh))));
    }

    private static MarketPeriodJson Json(PeriodRow row, long orders, Instant now) => new(
        row.Start,
        row.End,
        row.PhaseAt(now),
        new MarketTimesJson(new Instant(row.OpenedAt), new Instant(row.GateAt), Time(row.ClearedAt), row.Start, row.End, new Instant(row.DeadlineAt), Time(row.SettledAt), Time(row.CorrectedAt)),
        row.Price,
        row.TradedWh,
        orders,
        row.Trades,
        CurtailedOf(row));

    /// <summary>What a limit cut in a period, or null.</summary>
    public static CurtailedJson? CurtailedOf(PeriodRow row) =>
        row is { LimitW: { } limit, BeforeWh: { } before, AfterWh: { } after } ? new CurtailedJson(limit, before, after) : null;

    private static Instant? Time(long? milliseconds) => milliseconds is { } value ? new Instant(value) : null;
}
