using System.Data.Common;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Telemetry;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Commonwatt.Node.People;

/// <summary>What happened that touches security: signing in, failures, roles, invitations, erasure. Never a secret, a name or a mail address.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
/// <param name="logger">Told each event as a sentence.</param>
internal sealed partial class SecurityLog(Database database, TimeProvider clock, ILogger<SecurityLog> logger)
{
    /// <summary>Notes an event.</summary>
    /// <param name="kind">What happened, such as <c>signed-in</c>.</param>
    /// <param name="person">The id of whom it is about, or null.</param>
    /// <param name="actor">The id of who did it, where that is somebody else.</param>
    /// <param name="detail">What else is to be known; no secrets, and nothing that names somebody.</param>
    public void Note(string kind, string? person = null, string? actor = null, string detail = "")
    {
        using (DbConnection connection = database.Open())
        {
            connection.Execute(
                "INSERT INTO security_events (id, at, kind, person, actor, detail) VALUES (@id, @at, @kind, @person, @actor, @detail)",
                new { id = SecretToken.NewId(), at = clock.Now(), kind, person, actor, detail });
        }

        if (kind is "signed-in" or "sign-in-failed")
        {
            string way = detail.Contains("passkey", StringComparison.Ordinal) ? "passkey" : detail.Contains("password", StringComparison.Ordinal) ? "password" : "demo";
            NodeMetrics.CountSignIn(way, isDone: kind == "signed-in");
        }

        Tell(logger, kind, person ?? "nobody", actor ?? person ?? "nobody", detail);
    }

    /// <summary>The newest events, the newest first.</summary>
    public IReadOnlyList<SecurityEvent> Newest(int most)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<SecurityEvent>("SELECT at, kind, person, actor, detail FROM security_events ORDER BY at DESC, id LIMIT @most", new { most })];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Security: {Kind} of {Person} by {Actor}. {Detail}")]
    private static partial void Tell(ILogger logger, string kind, string person, string actor, string detail);
}

/// <summary>Something that happened.</summary>
internal sealed class SecurityEvent
{
    /// <summary>When, in milliseconds since 1970.</summary>
    public long At { get; init; }

    /// <summary>What.</summary>
    public required string Kind { get; init; }

    /// <summary>About whom, or null.</summary>
    public string? Person { get; init; }

    /// <summary>By whom, where that is somebody else.</summary>
    public string? Actor { get; init; }

    /// <summary>What else is to be known.</summary>
    public required string Detail { get; init; }
}
