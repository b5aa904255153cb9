using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>Signing in and out, and the sessions one has.</summary>
/// <param name="accounts">What people see of their own accounts.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="signIns">Signs people in and out.</param>
/// <param name="passwordSignIn">Finds out who somebody is, without a passkey.</param>
/// <param name="log">Where it is noted.</param>
internal sealed class SessionEndpoints(Accounts accounts, SessionStore sessions, SignIns signIns, PasswordSignIn passwordSignIn, SecurityLog log)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", Read).AllowAnonymous().Produces<SessionAnswer>()
            .WithSummary("Who is signed in");
        api.MapDelete("/session", Delete).AllowAnonymous().Produces(StatusCodes.Status204NoContent)
            .WithSummary("Signs out");
        api.MapPost("/session/passkey/options", AskAsync).AllowAnonymous().RequireRateLimiting(RequestRates.SignIn)
            .WithSummary("What a browser needs to sign in with a passkey");
        api.MapPost("/session/passkey", SignInByPasskeyAsync).AllowAnonymous().RequireRateLimiting(RequestRates.SignIn).Produces<SessionAnswer>()
            .WithSummary("Signs in with a passkey");
        api.MapPost("/session/password", SignInByPasswordAsync).AllowAnonymous().RequireRateLimiting(RequestRates.SignIn).Produces<SessionAnswer>()
            .WithSummary("Signs in with a mail address, a password and a code");
        api.MapGet("/session/all", List).RequireAuthorization(Policies.SignedIn).Produces<Listed<SessionItem>>()
            .WithSummary("My sessions");
        api.MapDelete("/session/all/{id}", End).RequireAuthorization(Policies.SignedIn).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Ends one of my sessions");
    }

    private static async Task<IResult> AskAsync(HttpContext context, PasskeyCeremonies ceremonies) =>
        Results.Text(await ceremonies.AskAsync(context), "application/json");

    private IResult Read(HttpContext context) => Results.Json(accounts.SessionOf(context.User));

    private IResult Delete(HttpContext context)
    {
        signIns.SignOut(context);
        return Results.NoContent();
    }

    private async Task<IResult> SignInByPasskeyAsync(PasskeyAnswer answer, PasskeyCeremonies ceremonies, HttpContext context)
    {
        if (await ceremonies.CheckAsync(answer.Credential, context) is not { } person)
        {
            log.Note("sign-in-failed", detail: $"passkey, from {ClientAddress.Of(context)}");
            return Refusals.Of(StatusCodes.Status401Unauthorized, "wrong-passkey", "The passkey does not open an account here, or the question was answered too late. Try again.");
        }

        signIns.SignInAs(context, person.Id, "passkey");
        return Results.Json(accounts.SessionOf(person.Id));
    }

    private async Task<IResult> SignInByPasswordAsync(PasswordEntry entry, HttpContext context)
    {
        string from = ClientAddress.Of(context);
        PasswordAnswer answer = await passwordSignIn.TryAsync(entry.Email ?? "", entry.Password ?? "", entry.Code ?? "", from, context.RequestAborted);
        switch (answer)
        {
            case PasswordAnswer.Right right:
                signIns.SignInAs(context, right.Person.Id, "password");
                return Results.Json(accounts.SessionOf(right.Person.Id));
            case PasswordAnswer.Wait wait:
                return Refusals.Wait(context, wait.For, $"There were too many attempts: try again in {Math.Ceiling(wait.For.TotalSeconds)} seconds, or sign in with a passkey.");
            case PasswordAnswer.Wrong wrong:
                log.Note("sign-in-failed", wrong.PersonId, detail: $"password, from {from}");
                return Refusals.Of(StatusCodes.Status401Unauthorized, "wrong-sign-in", "Email address, password or code is wrong. A code serves once: wait for the next one.");
            default:
                return PasswordEnrolment.Busy();
        }
    }

    private IResult List(HttpContext context)
    {
        string? current = Claims.SessionOf(context.User);
        return Results.Json(new Listed<SessionItem>(
            [.. sessions.Of(Claims.PersonOf(context.User)!).Select(row => new SessionItem(
                row.Id, row.Device, Times.Of(row.Created), Times.Of(row.Seen), Times.Of(row.Expires), string.Equals(row.Id, current, StringComparison.Ordinal)))],
            Next: null));
    }

    private IResult End(string id, HttpContext context)
    {
        string person = Claims.PersonOf(context.User)!;
        if (!sessions.End(person, id))
        {
            return Refusals.NotFound("session");
        }

        log.Note("session-ended", person);
        return Results.NoContent();
    }

    private sealed record PasskeyAnswer(JsonElement Credential);

    private sealed record PasswordEntry(string? Email, string? Password, string? Code);
}
