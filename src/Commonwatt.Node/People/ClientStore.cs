using System.Collections.Concurrent;
using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>Machine clients, such as a gateway that hands in readings, and the short-lived tokens they work with.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
/// <param name="freshness">Says whether what was read is still so.</param>
internal sealed class ClientStore(Database database, TimeProvider clock, Freshness freshness)
{
    /// <summary>How long a token stands.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    private const int MostRemembered = 10_000;
    private const string Columns = "id, name, secret, scopes, created, used";

    private readonly ConcurrentDictionary<string, (KnownClient Client, long Changes)> known = new(StringComparer.Ordinal);
    private readonly string decoy = SecretToken.DigestOf(SecretToken.New());

    /// <summary>Makes a client.</summary>
    /// <returns>Its id, and its secret, which nobody can find out later.</returns>
    public (string Id, string Secret) Make(string name, IReadOnlyList<string> scopes, string actor)
    {
        string id = SecretToken.NewId();
        string secret = SecretToken.New();
        using DbConnection connection = database.Open();
        connection.Execute(
            "INSERT INTO clients (id, name, secret, scopes, created, created_by) VALUES (@id, @name, @digest, @scopes, @now, @actor)",
            new { id, name = name.Trim(), digest = SecretToken.DigestOf(secret), scopes = string.Join(' ', scopes.Distinct(StringComparer.Ordinal)), now = clock.Now(), actor });
        return (id, secret);
    }

    /// <summary>The clients, the oldest first.</summary>
    public IReadOnlyList<ClientRow> List()
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<ClientRow>($"SELECT {Columns} FROM clients ORDER BY created, id")];
    }

    /// <summary>Takes a client's right to anything, and its tokens with it.</summary>
    /// <returns>False where there is no such client.</returns>
    public bool Revoke(string id)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM client_tokens WHERE client = @id", new { id }, transaction);
        bool wasThere = connection.Execute("DELETE FROM clients WHERE id = @id", new { id }, transaction) == 1;
        transaction.Commit();
        freshness.HasChanged();
        return wasThere;
    }

    /// <summary>The client with this id and secret, or null; with the same work for an id that is unknown.</summary>
    public ClientRow? Authenticate(string id, string secret)
    {
        using DbConnection connection = database.Open();
        ClientRow? row = connection.QuerySingleOrDefault<ClientRow>($"SELECT {Columns} FROM clients WHERE id = @id", new { id });
        bool fits = SecretToken.Fits(secret, row?.Secret ?? decoy);
        return fits ? row : null;
    }

    /// <summary>Gives a client a token.</summary>
    /// <param name="client">The client.</param>
    /// <param name="scopes">What the token is for; no more than the client may.</param>
    public string GiveToken(string client, IReadOnlyList<string> scopes)
    {
        string token = SecretToken.New();
        using DbConnection connection = database.Open();
        connection.Execute(
            "INSERT INTO client_tokens (token, client, scopes, expires) VALUES (@digest, @client, @scopes, @expires)",
            new { digest = SecretToken.DigestOf(token), client, scopes = string.Join(' ', scopes), expires = clock.In(TokenLifetime) });
        connection.Execute("UPDATE clients SET used = @now WHERE id = @client", new { client, now = clock.Now() });
        return token;
    }

    /// <summary>Who holds a token, or null where it has ended or never was.</summary>
    public KnownClient? Find(string token)
    {
        string digest = SecretToken.DigestOf(token);
        long now = clock.Now();
        long changes = freshness.Changes;
        if (known.TryGetValue(digest, out (KnownClient Client, long Changes) found) && found.Changes == changes)
        {
            return found.Client.Expires > now ? found.Client : null;
        }

        using DbConnection connection = database.Open();
        TokenRow? row = connection.QuerySingleOrDefault<TokenRow>("SELECT client, scopes, expires FROM client_tokens WHERE token = @digest AND expires > @now", new { digest, now });
        if (row is null)
        {
            return null;
        }

        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        var client = new KnownClient(row.Client, row.Scopes.Split(' '), row.Expires);
        known[digest] = (client, changes);
        return client;
    }

    private sealed class TokenRow
    {
        public required string Client { get; init; }

        public required string Scopes { get; init; }

        public long Expires { get; init; }
    }
}

/// <summary>A machine client that showed a token.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scopes">What the token is for.</param>
/// <param name="Expires">When the token ends.</param>
internal sealed record KnownClient(string Id, IReadOnlyList<string> Scopes, long Expires);

/// <summary>A machine client as the database has it.</summary>
internal sealed class ClientRow
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What the manager calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The digest of its secret.</summary>
    public required string Secret { get; init; }

    /// <summary>What it may do, separated by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public long Created { get; init; }

    /// <summary>When it last asked for a token, or null.</summary>
    public long? Used { get; init; }
}
