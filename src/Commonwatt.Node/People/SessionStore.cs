using System.Collections.Concurrent;
using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>Who is signed in where. Sessions outlive restarts; what a browser holds of one is a random secret, and only its digest is kept.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
/// <param name="freshness">Says whether what was read is still so.</param>
internal sealed class SessionStore(Database database, TimeProvider clock, Freshness freshness)
{
    /// <summary>A session ends when it was not used for so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>A session ends after so long, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private const int MostRemembered = 20_000;
    private const int LongestDevice = 200;

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);
    // Changes by this process show at once; this is for a hand in the database.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="device">What the browser says it is.</param>
    /// <returns>The secret that the browser keeps.</returns>
    public string Begin(string personId, string device)
    {
        string token = SecretToken.New();
        using DbConnection connection = database.Open();
        connection.Execute(
            "INSERT INTO sessions (token, id, person, device, created, seen, expires) VALUES (@token, @id, @personId, @device, @now, @now, @expires)",
            new
            {
                token = SecretToken.DigestOf(token),
                id = SecretToken.NewId(),
                personId,
                device = device.Length > LongestDevice ? device[..LongestDevice] : device,
                now = clock.Now(),
                expires = clock.In(Idle),
            });
        return token;
    }

    /// <summary>Who holds a secret, as he is now; null where the session has ended or never was.</summary>
    public SignedIn? Find(string token)
    {
        string digest = SecretToken.DigestOf(token);
        long now = clock.Now();
        if (!known.TryGetValue(digest, out Known? found) || found.Changes != freshness.Changes || now - found.ReadAt > Remembered.TotalMilliseconds)
        {
            found = Read(digest, now);
        }

        if (found is null || found.Person.Expires <= now)
        {
            return null;
        }

        if (now - found.Person.Seen >= BetweenNotes.TotalMilliseconds)
        {
            NoteSeen(digest, found, now);
        }

        return found.Person;
    }

    /// <summary>Somebody's sessions that have not ended, the newest use first.</summary>
    public IReadOnlyList<SessionRow> Of(string personId)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<SessionRow>(
            "SELECT id, device, created, seen, expires FROM sessions WHERE person = @personId AND expires > @now ORDER BY seen DESC, id",
            new { personId, now = clock.Now() })];
    }

    /// <summary>Ends a session of somebody's.</summary>
    /// <returns>False where he has no such.</returns>
    public bool End(string personId, string id) => Delete("person = @personId AND id = @id", new { personId, id }) == 1;

    /// <summary>Ends the session with a secret, where there is one.</summary>
    public void EndByToken(string token) => Delete("token = @token", new { token = SecretToken.DigestOf(token) });

    /// <summary>Ends somebody's sessions but one.</summary>
    public void EndOthers(string personId, string id) => Delete("person = @personId AND id <> @id", new { personId, id });

    private int Delete(string condition, object values)
    {
        using DbConnection connection = database.Open();
        int ended = connection.Execute($"DELETE FROM sessions WHERE {condition}", values);
        if (ended > 0)
        {
            freshness.HasChanged();
        }

        return ended;
    }

    private Known? Read(string digest, long now)
    {
        // Taken before reading: a change in between makes what is read old at once.
        long changes = freshness.Changes;
        using DbConnection connection = database.Open();
        SignedIn? person = connection.QuerySingleOrDefault<SignedIn>(
            """
            SELECT s.id AS SessionId, s.person AS PersonId, s.created, s.seen, s.expires, p.address
            FROM sessions s JOIN people p ON p.id = s.person
            WHERE s.token = @digest AND s.expires > @now AND p.erased IS NULL
            """,
            new { digest, now });
        if (person is null)
        {
            return null;
        }

        person.Roles = [.. connection.Query<string>("SELECT role FROM person_roles WHERE person = @id ORDER BY role", new { id = person.PersonId })];
        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        return known[digest] = new Known(person, changes, now);
    }

    private void NoteSeen(string digest, Known found, long now)
    {
        long expires = Math.Min(now + (long)Idle.TotalMilliseconds, found.Person.Created + (long)Longest.TotalMilliseconds);
        using DbConnection connection = database.Open();
        connection.Execute("UPDATE sessions SET seen = @now, expires = @expires WHERE token = @digest", new { digest, now, expires });
        found.Person.Seen = now;
        found.Person.Expires = expires;
    }

    private sealed record Known(SignedIn Person, long Changes, long ReadAt);
}

/// <summary>Somebody who is signed in.</summary>
internal sealed class SignedIn
{
    /// <summary>The session's id, which opens nothing.</summary>
    public required string SessionId { get; init; }

    /// <summary>The person's id.</summary>
    public required string PersonId { get; init; }

    /// <summary>His address on the ledger, or null.</summary>
    public string? Address { get; init; }

    /// <summary>What he is in the community.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>When he signed in.</summary>
    public long Created { get; init; }

    /// <summary>When he was last seen, to the minute.</summary>
    public long Seen { get; set; }

    /// <summary>When the session ends, unless it is used.</summary>
    public long Expires { get; set; }
}

/// <summary>A session as its owner sees it.</summary>
internal sealed class SessionRow
{
    /// <summary>The session's id, which opens nothing.</summary>
    public required string Id { get; init; }

    /// <summary>What the browser said it is.</summary>
    public required string Device { get; init; }

    /// <summary>When it began.</summary>
    public long Created { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public long Seen { get; init; }

    /// <summary>When it ends, unless it is used.</summary>
    public long Expires { get; init; }
}
