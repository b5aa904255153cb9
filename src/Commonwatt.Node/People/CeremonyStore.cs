using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>What the server asked somebody and waits to be answered, such as a passkey's challenge. Each is taken once, and within minutes.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class CeremonyStore(Database database, TimeProvider clock)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Remembers what was asked; what was asked before under the same token is forgotten.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="token">What the answer is found by.</param>
    /// <param name="state">What is needed to check the answer.</param>
    /// <param name="lifetime">How long the answer may take, where it is not the usual time.</param>
    public void Begin(string purpose, string token, string state, TimeSpan? lifetime = null)
    {
        using DbConnection connection = database.Open();
        connection.Execute(
            "INSERT INTO ceremonies (token, purpose, state, expires) VALUES (@key, @purpose, @state, @expires) ON CONFLICT (token) DO UPDATE SET state = @state, expires = @expires",
            new { key = KeyOf(purpose, token), purpose, state, expires = clock.In(lifetime ?? Lifetime) });
    }

    /// <summary>What was asked, which is forgotten with this; null where nothing was, or too long ago.</summary>
    public string? Take(string purpose, string token)
    {
        using DbConnection connection = database.Open();
        return connection.QuerySingleOrDefault<string>(
            "DELETE FROM ceremonies WHERE token = @key AND purpose = @purpose AND expires > @now RETURNING state",
            new { key = KeyOf(purpose, token), purpose, now = clock.Now() });
    }

    /// <summary>What was asked, which stays.</summary>
    public string? Look(string purpose, string token)
    {
        using DbConnection connection = database.Open();
        return connection.QuerySingleOrDefault<string>(
            "SELECT state FROM ceremonies WHERE token = @key AND purpose = @purpose AND expires > @now",
            new { key = KeyOf(purpose, token), purpose, now = clock.Now() });
    }

    private static string KeyOf(string purpose, string token) => SecretToken.DigestOf($"{purpose}:{token}");
}
