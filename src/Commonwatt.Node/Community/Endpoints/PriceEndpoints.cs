using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Prices;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>Prices that were, and those that may come.</summary>
internal sealed class PriceEndpoints(CommunityFacts facts, CommunityTables tables, AnswerCache cache)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api) => api.MapGet("/prices", Prices)
        .ForAnybody<Listed<PriceJson>>("Prices", "Prices by delivery period, with a forecast for the hours ahead")
        .WithTag304();

    private IResult Prices([AsParameters] RangeQuery query) => tables.Read(snapshot =>
    {
        Instant now = facts.Now;
        TimeRange range = query.Range(now, facts.Calendar);
        return cache.Answer(
            $"prices {range} {Freshness.Of(range, now)}", snapshot.Height, () => new Listed<PriceJson>(PriceSeries.Within(snapshot, facts, range, now)));
    });
}
