using System.Security.Claims;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Usage;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>A member's energy.</summary>
internal sealed class EnergyEndpoints(CommunityFacts facts, CommunityTables tables, AnswerCache cache, IReadingSource readings)
{
    private const string Tag = "Energy";

    private static readonly string[] Header =
    [
        "start", "end", "consumptionWh", "pvWh", "batteryChargeWh", "batteryDischargeWh", "importWh", "exportWh", "boughtWh", "soldWh", "gridImportWh", "gridExportWh",
        "price (micro-currency/kWh)", "estimated",
    ];

    private readonly MemberEnergy energy = new(facts, readings);

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me/today", (ClaimsPrincipal user) => Usage(user, new ResolutionQuery(null, null, null)))
            .ForMembers<Listed<EnergyJson>>(Tag, "My energy of today by delivery period").WithTag304();
        api.MapGet("/me/energy", Usage).ForMembers<Listed<EnergyJson>>(Tag, "My energy by period, hour, day or month").WithTag304();
        api.MapGet("/me/energy.csv", Table).ForMembers<CsvTable>(Tag, "My energy as CSV, with the numbers of the JSON answer").AsCsv();
    }

    private IResult Usage(ClaimsPrincipal user, [AsParameters] ResolutionQuery query) => Me.Answer(user, member => tables.Read(now =>
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        // Readings are not among the tables: an answer that reaches to the present is made anew with them.
        string question = $"energy {member} {range} {query.Unit} {Freshness.Of(range, facts.Now)} {readings.LatestOf(member)?.At.UnixMilliseconds}";
        return cache.Answer(question, now.Height, () => new Listed<EnergyJson>(energy.Within(now, member, range, query.Unit)));
    }));

    private IResult Table(ClaimsPrincipal user, [AsParameters] ResolutionQuery query) => Me.Answer(user, member =>
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        IReadOnlyList<EnergyJson> items = tables.Read(now => energy.Within(now, member, range, query.Unit));
        return new CsvTable("energy.csv", Header, items.Select(item => new object?[]
        {
            item.Start, item.End, item.ConsumptionWh, item.PvWh, item.BatteryChargeWh, item.BatteryDischargeWh, item.ImportWh, item.ExportWh, item.BoughtWh, item.SoldWh,
            item.GridImportWh, item.GridExportWh, item.Price, item.Estimated,
        }));
    });
}
