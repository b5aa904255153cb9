using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Market;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>The load of the community's feeder.</summary>
internal sealed class GridEndpoints(CommunityFacts facts, CommunityTables tables, AnswerCache cache)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api) => api.MapGet("/grid", Grid)
        .ForRoles<GridJson>("Grid", "The feeder's load against its limits, and what they cut", "manager", "dso", "auditor").WithTag304();

    private IResult Grid([AsParameters] RangeQuery query) => tables.Read(now =>
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        return cache.Answer($"grid {range}", now.Height, () =>
        {
            object bounds = new { from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds };
            Dictionary<long, long> limits = now.Query<(long Delivery, long PowerW)>("SELECT delivery, power_w FROM limits WHERE delivery >= @from AND delivery < @to", bounds)
                .ToDictionary(limit => limit.Delivery, limit => limit.PowerW);
            IReadOnlyList<PeriodRow> rows = now.Query<PeriodRow>($"SELECT {PeriodRow.Columns} FROM periods WHERE delivery >= @from AND delivery < @to ORDER BY delivery", bounds);
            return new GridJson(
                [.. rows.Select(row => Json(row, limits))],
                now.Find<long?>("SELECT CAST(SUM(connection_w) AS BIGINT) FROM members") ?? 0);
        });
    });

    private static GridPeriodJson Json(PeriodRow row, Dictionary<long, long> limits) => new(
        row.Start,
        row.End,
        row.DrawnWh,
        row.FedWh,
        row is { DrawnWh: { } drawn, FedWh: { } fed } ? new Energy(drawn - fed).Over(row.Length).Watts : null,
        limits.TryGetValue(row.Delivery, out long limit) ? limit : row.LimitW,
        row.Estimates,
        MarketEndpoints.CurtailedOf(row));
}

/// <summary>The feeder's load.</summary>
/// <param name="Items">By period.</param>
/// <param name="ConnectionTotalW">What all members' connections carry together.</param>
internal sealed record GridJson(IReadOnlyList<GridPeriodJson> Items, long ConnectionTotalW);

/// <summary>The feeder's load in a period; null before it settled.</summary>
/// <param name="Start">The start.</param>
/// <param name="End">The end.</param>
/// <param name="ImportWh">What members drew, each by his own meter.</param>
/// <param name="ExportWh">What members fed in.</param>
/// <param name="NetW">The mean load: positive where the community drew more than it fed in.</param>
/// <param name="LimitW">The limit the DSO set for trades.</param>
/// <param name="Estimates">For how many members an estimate stands in.</param>
/// <param name="Curtailed">What the limit cut.</param>
internal sealed record GridPeriodJson(
    Instant Start, Instant End, long? ImportWh, long? ExportWh, long? NetW, long? LimitW, long Estimates, CurtailedJson? Curtailed);
