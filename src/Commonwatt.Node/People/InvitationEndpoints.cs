using System.Text.Json;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Idempotency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>The manager's invitations.</summary>
/// <param name="invitations">The invitations.</param>
/// <param name="origins">Where the pages are.</param>
/// <param name="log">Where it is noted.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class InvitationEndpoints(InvitationStore invitations, SiteOrigins origins, SecurityLog log, TimeProvider clock)
{
    private const int MostAssets = 20;
    private const long MostPower = 1_000_000_000;
    private const long MostCredit = 1_000_000_000_000_000;
    private const int LongestWord = 40;

    /// <summary>The page that an invitation's link opens.</summary>
    public static string LinkOf(string origin, string token) => $"{origin}/invite/{token}";

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/invitations", Make).RequireAuthorization(Policies.Manager).TakesIdempotencyKey().Produces<InvitationMade>(StatusCodes.Status201Created)
            .WithSummary("Invites somebody; the link is shown once and serves once, for seven days");
        api.MapGet("/invitations", List).RequireAuthorization(Policies.Manager).Produces<Listed<InvitationItem>>()
            .WithSummary("Invitations, newest first");
        api.MapDelete("/invitations/{id}", Withdraw).RequireAuthorization(Policies.Manager).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Withdraws an invitation");
    }

    private IResult Make(InvitationEntry entry, HttpContext context)
    {
        if (ProblemOf(entry) is { } problem)
        {
            return problem;
        }

        // Who invites a manager makes somebody who can do all that he can, for as long as nobody notices.
        if (entry.Roles!.Contains(Roles.Manager, StringComparer.Ordinal) && !PeopleEndpoint.IsFresh(context, clock))
        {
            return PeopleEndpoint.SignInAgain();
        }

        string actor = Claims.PersonOf(context.User)!;
        string? assets = entry.Assets is { Count: > 0 } ? JsonSerializer.Serialize(entry.Assets, JsonSerializerOptions.Web) : null;
        (string id, string token, long expires) = invitations.Make(
            entry.Name!, entry.Email, entry.Roles!, entry.Language ?? "en", new PlannedHome(entry.ConnectionW, entry.CreditLine, assets, entry.Meter), actor);
        log.Note("invitation-made", actor: actor, detail: $"{id} as {string.Join(", ", entry.Roles!)}");
        return Results.Json(new InvitationMade(id, LinkOf(origins.For(context.Request), token), Times.Of(expires)), statusCode: StatusCodes.Status201Created);
    }

    private IResult List(int? limit, string? cursor, bool? all) => PeopleEndpoint.PageSize(limit) is { } size
        ? PeopleEndpoint.Page(invitations.List(cursor ?? "", size + 1, all == true), size, Item, row => row.Id)
        : PeopleEndpoint.WrongPageSize();

    private IResult Withdraw(string id, HttpContext context)
    {
        if (!invitations.Withdraw(id))
        {
            return Refusals.NotFound("open invitation");
        }

        log.Note("invitation-withdrawn", actor: Claims.PersonOf(context.User), detail: id);
        return Results.NoContent();
    }

    private InvitationItem Item(InvitationRow row)
    {
        string state = row.Accepted is not null ? "accepted" : row.Withdrawn is not null ? "withdrawn" : row.Expires <= clock.Now() ? "expired" : "open";
        return new InvitationItem(row.Id, row.Name, row.Email, row.Roles.Split(' '), Times.Of(row.Created), Times.Of(row.Expires), state, row.Person);
    }

    private static IResult? ProblemOf(InvitationEntry entry)
    {
        (string Field, string? Sentence)[] rules =
        [
            ("name", PersonFields.ProblemOfName(entry.Name)),
            ("email", entry.Email is null ? null : PersonFields.ProblemOfEmail(entry.Email)),
            ("roles", PersonFields.ProblemOfRoles(entry.Roles)),
            ("language", entry.Language is null ? null : PersonFields.ProblemOfLanguage(entry.Language)),
            ("connectionW", entry.ConnectionW is null or (>= 1 and <= MostPower) ? null : $"A connection has 1 to {MostPower} W."),
            ("creditLine", entry.CreditLine is null or (>= 0 and <= MostCredit) ? null : $"A credit line has 0 to {MostCredit} millionths of the currency."),
            ("meter", entry.Meter is null || Address.TryParse(entry.Meter, out _) ? null : "A meter has an address on the ledger, cw and 48 hexadecimal digits; this one is mistyped."),
            ("assets", ProblemOfAssets(entry.Assets)),
        ];
        return rules.FirstOrDefault(rule => rule.Sentence is not null) is (var field, { } sentence) ? Refusals.Field(field, sentence) : null;
    }

    private static string? ProblemOfAssets(IReadOnlyList<PlannedAsset>? assets) =>
        assets is null || (assets.Count <= MostAssets && assets.All(asset =>
            asset is not null && PersonFields.ProblemOfName(asset.Name) is null && asset.Kind is { Length: > 0 and <= LongestWord } && asset.Kind.All(letter => char.IsAsciiLetterLower(letter) || letter == '-')
            && asset.PowerW is >= 1 and <= MostPower))
            ? null
            : $"At most {MostAssets} assets, each with a name, a kind in small letters and a power of 1 to {MostPower} W.";

    private sealed record InvitationEntry(
        string? Name,
        string? Email,
        IReadOnlyList<string>? Roles,
        long? ConnectionW,
        IReadOnlyList<PlannedAsset>? Assets,
        long? CreditLine,
        string? Language,
        string? Meter);
}
