using System.Text.Encodings.Web;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Commonwatt.Node.People;

/// <summary>Finds out who sent a request: a machine client by its token, or a person by the session's cookie. Never both: a token shown counts alone.</summary>
/// <param name="options">The framework's.</param>
/// <param name="loggers">The framework's.</param>
/// <param name="encoder">The framework's.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="clients">The machine clients.</param>
/// <param name="numbers">The members' numbers on the ledger.</param>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    SessionStore sessions,
    ClientStore clients,
    IMemberNumbers numbers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "commonwatt";

    private const string Bearer = "Bearer ";

    /// <summary>The token that a request shows, or null.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = BearerOf(Request) is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Refusals.NotSignedIn().ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.WrongRole().ExecuteAsync(Context);

    private AuthenticateResult Authenticate()
    {
        if (BearerOf(Request) is { } token)
        {
            return clients.Find(token) is { } client
                ? AuthenticateResult.Success(new AuthenticationTicket(Claims.Of(client), Scheme.Name))
                : AuthenticateResult.Fail("The token has ended, or never was one.");
        }

        if (SessionCookie.Read(Request) is not { } secret || sessions.Find(secret) is not { } person)
        {
            return AuthenticateResult.NoResult();
        }

        int? number = Address.TryParse(person.Address, out Address address) ? numbers.NumberOf(address) : null;
        return AuthenticateResult.Success(new AuthenticationTicket(Claims.Of(person, number), Scheme.Name));
    }
}
