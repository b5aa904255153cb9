using System.Net;

namespace Commonwatt.Node.People;

/// <summary>What a community decides about how its people sign in.</summary>
internal sealed record PeopleSettings
{
    /// <summary>The community's name, which invitations and authenticator apps show.</summary>
    public string Community { get; init; } = "Commonwatt";

    /// <summary>The domain that passkeys are bound to (WebAuthn's relying-party id): the host in the pages' address, or a domain above it.</summary>
    public string RelyingParty { get; init; } = "localhost";

    /// <summary>
    /// Where the pages are served, such as <c>https://energy.example</c>, without a slash at the end. None for wherever the node itself listens, with the relying
    /// party or the loopback interface as host.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The proxies whose word on a client's address and scheme is taken. None where the node faces its clients itself.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>The folder of the keys that guard secrets in the database; only the node's user may read it.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>Whether the community is made up, and its people signed in with one click.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The community's clock, by which its months go; null for the clock of the world outside.</summary>
    public TimeProvider? Calendar { get; init; }

    /// <summary>How often a password is hashed (PBKDF2 with HMAC-SHA-512). OWASP's password storage cheat sheet asks for 210,000 at least.</summary>
    public int PasswordIterations { get; init; } = 250_000;

    /// <summary>How much one client may ask.</summary>
    public RequestLimits Limits { get; init; } = new();
}

/// <summary>How much one client may ask, before it is told to wait.</summary>
internal sealed record RequestLimits
{
    /// <summary>Attempts to sign in per address and minute.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>Tokens for machine clients per address and minute.</summary>
    public int TokensPerMinute { get; init; } = 60;

    /// <summary>Requests with an invitation's token per address and minute.</summary>
    public int InvitationsPerMinute { get; init; } = 30;

    /// <summary>Requests per second that one session or one address may go on with.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests at once that one session or one address may begin with.</summary>
    public int RequestsAtOnce { get; init; } = 400;

    /// <summary>Requests per second that one machine client may go on with; twice as many at once.</summary>
    public int ClientRequestsPerSecond { get; init; } = 500;
}
