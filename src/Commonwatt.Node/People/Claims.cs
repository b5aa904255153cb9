using System.Globalization;
using System.Security.Claims;

namespace Commonwatt.Node.People;

/// <summary>What a request knows of whoever sent it.</summary>
internal static class Claims
{
    /// <summary>The person's id.</summary>
    public const string Person = "sub";

    /// <summary>A role; one claim for each.</summary>
    public const string Role = "role";

    /// <summary>The person's address on the ledger.</summary>
    public const string Address = "address";

    /// <summary>The person's number as a member.</summary>
    public const string MemberNumber = "member";

    /// <summary>The session's id.</summary>
    public const string Session = "session";

    /// <summary>When the person proved who he is, in milliseconds since 1970.</summary>
    public const string ProvedAt = "proved";

    /// <summary>The machine client's id.</summary>
    public const string Client = "client";

    /// <summary>What a machine client may do; one claim for each.</summary>
    public const string Scope = "scope";

    /// <summary>The id of the person who sent a request, or null.</summary>
    public static string? PersonOf(ClaimsPrincipal sender) => sender.FindFirstValue(Person);

    /// <summary>The id of the session that a request belongs to, or null.</summary>
    public static string? SessionOf(ClaimsPrincipal sender) => sender.FindFirstValue(Session);

    /// <summary>The principal of somebody who is signed in.</summary>
    public static ClaimsPrincipal Of(SignedIn person, int? memberNumber)
    {
        var claims = new List<Claim>
        {
            new(Person, person.PersonId),
            new(Session, person.SessionId),
            new(ProvedAt, person.Created.ToString(CultureInfo.InvariantCulture)),
        };
        claims.AddRange(person.Roles.Select(role => new Claim(Role, role)));
        if (person.Address is { } address)
        {
            claims.Add(new Claim(Address, address));
        }

        if (memberNumber is { } number)
        {
            claims.Add(new Claim(MemberNumber, number.ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "session", Person, Role));
    }

    /// <summary>The principal of a machine client.</summary>
    public static ClaimsPrincipal Of(KnownClient client) =>
        new(new ClaimsIdentity([new Claim(Client, client.Id), .. client.Scopes.Select(scope => new Claim(Scope, scope))], "bearer", Client, Role));
}
