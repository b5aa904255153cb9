using System.Text.Json;
using Commonwatt.Node.Community.Invoices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>One's own account.</summary>
/// <param name="people">The people.</param>
/// <param name="passkeys">Their passkeys.</param>
/// <param name="accounts">What people see of their own accounts.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="enrolment">Choosing a password.</param>
/// <param name="log">Where it is noted.</param>
/// <param name="settings">What the community decided.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class AccountEndpoints(
    PeopleStore people,
    PasskeyStore passkeys,
    Accounts accounts,
    SessionStore sessions,
    PasswordEnrolment enrolment,
    SecurityLog log,
    PeopleSettings settings,
    TimeProvider clock)
{
    private const int MostPasskeys = 20;

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder account = api.MapGroup("/account");
        account.RequireAuthorization(Policies.SignedIn);
        account.MapGet("", Read).Produces<PersonAnswer>()
            .WithSummary("My account");
        account.MapPatch("", Change).Produces<PersonAnswer>()
            .WithSummary("Changes my name, language or time zone; a time zone holds from the next month");
        account.MapDelete("", EraseAsync).AfterFreshSignIn(clock).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Erases my personal data and raw readings; asks for a sign-in within 15 minutes");
        account.MapGet("/passkeys", ListPasskeys).Produces<Listed<PasskeyItem>>()
            .WithSummary("My passkeys");
        account.MapPost("/passkeys/options", AskAsync).AfterFreshSignIn(clock)
            .WithSummary("What a browser needs to make a further passkey; asks for a sign-in within 15 minutes");
        account.MapPost("/passkeys", AddAsync).AfterFreshSignIn(clock).Produces<Listed<PasskeyItem>>(StatusCodes.Status201Created)
            .WithSummary("Adds a passkey; asks for a sign-in within 15 minutes");
        account.MapDelete("/passkeys/{id}", Remove).AfterFreshSignIn(clock).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Removes a passkey and ends my other sessions; asks for a sign-in within 15 minutes");
        account.MapGet("/totp", OfferTotp).Produces<OfferedTotp>()
            .WithSummary("A fresh secret for an authenticator app");
        account.MapPost("/password", SetPasswordAsync).AfterFreshSignIn(clock).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Sets my password and authenticator app, and ends my other sessions; asks for a sign-in within 15 minutes");
    }

    private static string Me(HttpContext context) => Claims.PersonOf(context.User)!;

    private static string SubjectOf(HttpContext context) => $"session {Claims.SessionOf(context.User)}";

    private IResult Read(HttpContext context) => accounts.Of(Me(context)) is { } person ? Results.Json(person) : Refusals.NotSignedIn();

    private IResult Change(AccountEntry entry, HttpContext context)
    {
        (string Field, string? Sentence)[] rules =
        [
            ("name", entry.Name is null ? null : PersonFields.ProblemOfName(entry.Name)),
            ("language", entry.Language is null ? null : PersonFields.ProblemOfLanguage(entry.Language)),
            ("timeZone", string.IsNullOrEmpty(entry.TimeZone) ? null : PersonFields.ProblemOfTimeZone(entry.TimeZone)),
        ];
        if (rules.FirstOrDefault(rule => rule.Sentence is not null) is (var field, { } sentence))
        {
            return Refusals.Field(field, sentence);
        }

        people.Change(Me(context), entry.Name, entry.Language, entry.TimeZone, BillingMonth.NotBegun(Instant.From((settings.Calendar ?? clock).GetUtcNow())));
        return Read(context);
    }

    private async Task<IResult> EraseAsync(Erasure erasure, HttpContext context)
    {
        string me = Me(context);
        if (!await erasure.EraseAsync(me, me, CancellationToken.None))
        {
            return LastManager();
        }

        SessionCookie.Remove(context);
        return Results.NoContent();
    }

    private IResult ListPasskeys(HttpContext context) => Results.Json(PasskeysOf(Me(context)));

    private Listed<PasskeyItem> PasskeysOf(string person) =>
        new([.. passkeys.Of(person).Select(row => new PasskeyItem(row.Id, row.Name, Times.Of(row.Created), Times.Of(row.Used), row.IsBackedUp))], Next: null);

    private async Task<IResult> AskAsync(PasskeyCeremonies ceremonies, HttpContext context) =>
        people.Find(Me(context)) is { } person
            ? Results.Text(await ceremonies.AskForNewAsync(person.Id, person.Name, SubjectOf(context), context), "application/json")
            : Refusals.NotSignedIn();

    private async Task<IResult> AddAsync(NewPasskeyEntry entry, PasskeyCeremonies ceremonies, HttpContext context)
    {
        string me = Me(context);
        if (!string.IsNullOrEmpty(entry.Name) && PersonFields.ProblemOfName(entry.Name) is { } problem)
        {
            return Refusals.Field("name", problem);
        }

        if (passkeys.Of(me).Count >= MostPasskeys)
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "too-many-passkeys", $"An account has at most {MostPasskeys} passkeys: remove one that you no longer use.");
        }

        if (await ceremonies.CheckNewAsync(entry.Credential, SubjectOf(context), context) is not (var personId, { } passkey) || !string.Equals(personId, me, StringComparison.Ordinal))
        {
            return Refusals.Field("credential", "The passkey could not be checked, or the question was answered too late. Try again.");
        }

        passkeys.Add(me, passkey, entry.Name?.Trim() ?? "");
        log.Note("passkey-added", me);
        return Results.Json(PasskeysOf(me), statusCode: StatusCodes.Status201Created);
    }

    private IResult Remove(string id, HttpContext context)
    {
        string me = Me(context);
        IReadOnlyList<PasskeyRow> mine = passkeys.Of(me);
        if (!mine.Any(row => string.Equals(row.Id, id, StringComparison.Ordinal)))
        {
            return Refusals.NotFound("passkey");
        }

        if (mine.Count == 1 && people.Find(me)?.PasswordHash is null)
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "last-credential", "This passkey is the only way into your account: add another, or a password, before you remove it.");
        }

        passkeys.Remove(me, id);
        log.Note("passkey-removed", me);
        sessions.EndOthers(me, Claims.SessionOf(context.User)!);
        return Results.NoContent();
    }

    private IResult OfferTotp(HttpContext context) =>
        people.Find(Me(context)) is { } person ? Results.Json(enrolment.Offer($"person {person.Id}", person.Email ?? person.Name)) : Refusals.NotSignedIn();

    private async Task<IResult> SetPasswordAsync(PasswordEntry entry, HttpContext context)
    {
        string me = Me(context);
        (NewPassword? chosen, IResult? refused) = await enrolment.ChooseAsync($"person {me}", entry.Email ?? people.Find(me)?.Email, entry.Password, entry.Code, context.RequestAborted);
        if (chosen is null)
        {
            return refused!;
        }

        if (!people.SetPassword(me, chosen.Email, chosen.Hash, chosen.ProtectedTotpSecret, chosen.UsedStep))
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "email-taken", "An account signs in with this email address already.", "email");
        }

        log.Note("password-set", me);
        sessions.EndOthers(me, Claims.SessionOf(context.User)!);
        return Results.NoContent();
    }

    /// <summary>Somebody must be left to run the community.</summary>
    public static IResult LastManager() =>
        Refusals.Of(StatusCodes.Status409Conflict, "last-manager", "Nobody else runs the community: make somebody else a manager first.");

    private sealed record AccountEntry(string? Name, string? Language, string? TimeZone);

    private sealed record NewPasskeyEntry(JsonElement Credential, string? Name);

    private sealed record PasswordEntry(string? Email, string? Password, string? Code);
}
