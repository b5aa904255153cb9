using Commonwatt.Contracts.Mandates;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Mandates;

/// <summary>Where a member sees the node's agent and the mandate he gave. He grants and withdraws on the ledger, with his own key.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="agent">The node's agent.</param>
/// <param name="clock">The community's clock.</param>
internal sealed class MandateEndpoints(ICommunityLedger ledger, Address agent, TimeProvider clock)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/agent", () => TypedResults.Ok(new AgentJson(agent.ToString()))).RequireAuthorization("SignedIn")
            .WithTags("Mandates").WithSummary("The address of this node's agent, to name in a mandate.");
        routes.MapGet("/api/v1/me/mandate", Own).RequireAuthorization("Member")
            .WithTags("Mandates").WithSummary("The member's own mandate, or null.")
            .Produces<MandateJson?>();
    }

    private IResult Own(HttpContext context)
    {
        long? member = new Caller(context.User).Member;
        return Results.Json(member is null ? null : Of(member.Value, context.RequestServices.GetService<IMandateGrants>()));
    }

    /// <summary>A member's mandate, or null where he gave none that has not ended.</summary>
    internal MandateJson? Of(long member, IMandateGrants? grants)
    {
        var now = Instant.From(clock.GetUtcNow());
        var id = new MemberId(member);
        return ledger.State is { } state && ledger.Rules.Mandates.MandateOf(state, id) is { } mandate && now < mandate.Until
            ? Json(state, id, mandate, now, grants?.GrantOf(member))
            : null;
    }

    private MandateJson Json(StateReader state, MemberId member, Mandate mandate, Instant now, MandateGrantJson? granted) => new(
        mandate.Agent.ToString(),
        mandate.Sides switch { MandateSides.Buy => "buy", MandateSides.Sell => "sell", _ => "both" },
        mandate.Lowest.MicrosPerKilowattHour,
        mandate.Highest.MicrosPerKilowattHour,
        mandate.MostPerHour.WattHours,
        mandate.From.ToString(),
        mandate.Until.ToString(),
        granted,
        ledger.Rules.Mandates.PlacedIn(state, member, now).WattHours);
}

/// <summary>Knows in which block a member's mandate was granted.</summary>
internal interface IMandateGrants
{
    /// <summary>Where the mandate in force was granted, or null where that is not known.</summary>
    MandateGrantJson? GrantOf(long member);
}

/// <summary>The node's agent.</summary>
/// <param name="Address">Its address.</param>
internal sealed record AgentJson(string Address);

/// <summary>Where a mandate was granted.</summary>
/// <param name="Block">The block's height.</param>
/// <param name="Transaction">The transaction's id.</param>
internal sealed record MandateGrantJson(ulong Block, string? Transaction);

/// <summary>A mandate.</summary>
/// <param name="Agent">Who acts.</param>
/// <param name="Sides"><c>buy</c>, <c>sell</c> or <c>both</c>.</param>
/// <param name="Lowest">The lowest limit price, millionths of the currency a kWh.</param>
/// <param name="Highest">The highest.</param>
/// <param name="MostWhPerHour">The most energy of deliveries within one hour of the clock, Wh.</param>
/// <param name="From">From when on it holds.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Granted">Where it was granted, or null where that is not known.</param>
/// <param name="UsedWhThisHour">What the agent has placed for deliveries within the present hour, Wh.</param>
internal sealed record MandateJson(
    string Agent, string Sides, long Lowest, long Highest, long MostWhPerHour, string From, string Until, MandateGrantJson? Granted, long UsedWhThisHour);
