using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Overview;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>How the community stands, for those who look after it.</summary>
internal sealed class OverviewEndpoints(CommunityFacts facts, CommunityTables tables, IReadingSource readings)
{
    private const string Tag = "Overview";

    private readonly Alerts alerts = new(facts);
    private readonly MeterList meters = new(facts, readings);
    private readonly Lock figuresLock = new();
    private (long Height, long Day, FiguresJson Today, FiguresJson Month)? figures;

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/overview", Overview).ForRoles<OverviewJson>(Tag, "The community's figures of today and this month, and what to look at", "manager", "auditor");
        api.MapGet("/meters", () => tables.Read(now => Results.Json(new Listed<MeterJson>(meters.Now(now)))))
            .ForRoles<Listed<MeterJson>>(Tag, "Meters, when they were heard of, and which fell silent", "manager", "auditor");
    }

    private IResult Overview() => tables.Read(now =>
    {
        IReadOnlyList<MeterJson> all = meters.Now(now);
        long stale = all.Count(meter => meter.State == "stale");
        long silent = all.Count(meter => meter.State == "never");
        (FiguresJson today, FiguresJson month) = Figures(now);
        return Results.Json(new OverviewJson(
            month.SelfSufficiency, month.SelfConsumption, month.TradedWh, month.ImportedWh, month.ExportedWh, month.Saved, today, month, alerts.Now(now, all, readings.Gateway), new MeterCountJson(all.Count, stale, silent), readings.Gateway));
    });

    // A month's figures change when a period settles, not with each block that holds an order.
    private (FiguresJson Today, FiguresJson Month) Figures(TableSnapshot now)
    {
        long settled = now.Find<long?>("SELECT MAX(height) FROM entries WHERE account = -1") ?? 0;
        lock (figuresLock)
        {
            Instant day = facts.Calendar.DayOf(facts.Now).From;
            if (figures is not { } known || known.Height != settled || known.Day != day.UnixMilliseconds)
            {
                known = (settled, day.UnixMilliseconds, CommunityFigures.Of(now, facts.Calendar.DayOf(facts.Now)), CommunityFigures.Of(now, facts.Calendar.MonthOf(facts.Now)));
                figures = known;
            }

            return (known.Today, known.Month);
        }
    }
}

/// <summary>How the community stands; what stands outside of <c>today</c> and <c>month</c> is of this month.</summary>
/// <param name="SelfSufficiency">As in <c>month</c>.</param>
/// <param name="SelfConsumption">As in <c>month</c>.</param>
/// <param name="TradedWh">As in <c>month</c>.</param>
/// <param name="ImportedWh">As in <c>month</c>.</param>
/// <param name="ExportedWh">As in <c>month</c>.</param>
/// <param name="Saved">As in <c>month</c>.</param>
/// <param name="Today">Today, as far as it has settled.</param>
/// <param name="Month">This month, as far as it has settled.</param>
/// <param name="Alerts">What to look at, worst first.</param>
/// <param name="Meters">How many meters there are.</param>
/// <param name="Gateway">The address of this node's gateway, which meters are registered with; null where it has none.</param>
internal sealed record OverviewJson(
    decimal? SelfSufficiency,
    decimal? SelfConsumption,
    long TradedWh,
    long ImportedWh,
    long ExportedWh,
    long Saved,
    FiguresJson Today,
    FiguresJson Month,
    IReadOnlyList<AlertJson> Alerts,
    MeterCountJson Meters,
    string? Gateway);

/// <summary>How many meters there are.</summary>
/// <param name="Total">All of active members.</param>
/// <param name="Stale">Those that fell silent.</param>
/// <param name="Never">Those that were never heard of.</param>
internal sealed record MeterCountJson(long Total, long Stale, long Never);
