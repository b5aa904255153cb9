using System.Globalization;
using System.Security.Claims;

namespace Commonwatt.Node.Community.Requests;

/// <summary>Who asks, by the claims that sign-in sets for each request.</summary>
/// <param name="user">The claims.</param>
internal readonly struct Caller(ClaimsPrincipal user)
{
    /// <summary>The person's member number, or null where he has none on the ledger.</summary>
    public long? Member => long.TryParse(user.FindFirst("member")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A name for the person or machine, different for each.</summary>
    public string? Name => user.FindFirst("sub") is { } person ? $"person/{person.Value}" : user.FindFirst("client") is { } client ? $"client/{client.Value}" : null;

    /// <summary>Whether the person may see members' names.</summary>
    public bool IsManager => Has("manager");

    /// <summary>Whether the person has a role.</summary>
    public bool Has(string role) => user.HasClaim("role", role);
}
