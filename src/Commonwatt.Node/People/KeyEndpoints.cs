using System.Text.Json;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Invoices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.People;

/// <summary>Binding a ledger key to an account, and the people whom the manager can register with theirs.</summary>
/// <param name="people">The people.</param>
/// <param name="accounts">What people see of their own accounts.</param>
/// <param name="ceremonies">What was asked and waits to be answered.</param>
/// <param name="log">Where it is noted.</param>
/// <param name="settings">What the community decided.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class KeyEndpoints(PeopleStore people, Accounts accounts, CeremonyStore ceremonies, SecurityLog log, PeopleSettings settings, TimeProvider clock)
{
    private const string Purpose = "ledger-key";

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/account/key/challenge", Challenge).RequireAuthorization(Policies.SignedIn).Produces<KeyChallenge>()
            .WithSummary("What is to be signed to show that a ledger key is mine");
        api.MapPut("/account/key", Bind).RequireAuthorization(Policies.SignedIn).Produces<PersonAnswer>()
            .WithSummary("Binds my ledger key's address to my account");
        api.MapGet("/admissions", Admissions).RequireAuthorization(Policies.Manager).Produces<Listed<Admission>>()
            .WithSummary("People with a ledger key who are not on the ledger yet");
    }

    private IResult Challenge(HttpContext context)
    {
        string challenge = SecretToken.New();
        ceremonies.Begin(Purpose, Claims.PersonOf(context.User)!, challenge);
        return Results.Json(new KeyChallenge(challenge));
    }

    private IResult Bind(KeyEntry entry, HttpContext context)
    {
        string me = Claims.PersonOf(context.User)!;
        if (!KeyProof.TryRead(entry.PublicKey, out PublicKey? key))
        {
            return Refusals.Field("publicKey", "A public key is on the curve P-256, as SubjectPublicKeyInfo or as a point, in base64url.");
        }

        if (ceremonies.Take(Purpose, me) is not { } challenge)
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "no-challenge", "Ask for a challenge first, and sign it within five minutes; each serves once.");
        }

        if (!KeyProof.IsSigned(key, me, challenge, entry.Signature))
        {
            return Refusals.Field("signature", "The signature does not show that you hold this key: sign 'commonwatt key for', your id and the challenge with it.");
        }

        return BindTo(me, key, Address.Of(key).ToString());
    }

    private IResult BindTo(string me, PublicKey key, string address)
    {
        string? bound = people.Find(me)?.Address;
        if (bound is not null && !string.Equals(bound, address, StringComparison.Ordinal) && accounts.NumberOf(bound) is { } number)
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "already-registered", $"You are member {number} with the key {bound}, and the ledger knows you by it: it is not changed here.");
        }

        if (!people.BindKey(me, address, key.ToString(), BillingMonth.NotBegun(Instant.From((settings.Calendar ?? clock).GetUtcNow()))))
        {
            return Refusals.Of(StatusCodes.Status409Conflict, "key-taken", "Somebody else's account has this key.", "publicKey");
        }

        log.Note("key-bound", me);
        return Results.Json(accounts.Of(me));
    }

    private IResult Admissions() => Results.Json(new Listed<Admission>(
        [.. people.WithAddress()
            .Where(person => accounts.NumberOf(person.Address) is null && people.RolesOf(person.Id).Contains(Roles.Member, StringComparer.Ordinal))
            .Select(person => new Admission(
                person.Id, person.Name, person.Address!, person.PublicKey, person.ConnectionW, JsonSerializer.Deserialize<JsonElement>(person.Assets ?? "[]"), person.CreditLine, person.Meter))],
        Next: null));

    private sealed record KeyEntry(string? PublicKey, string? Signature);
}
