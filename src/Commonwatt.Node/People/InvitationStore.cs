using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Commonwatt.Node.People;

/// <summary>Invitations by link: the one way in. A link serves once, for seven days, and the database keeps only its digest.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
/// <param name="freshness">Told when there is somebody new.</param>
internal sealed class InvitationStore(Database database, TimeProvider clock, Freshness freshness)
{
    /// <summary>How long a link serves.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int TokenBytes = 16;
    private const string Open = "withdrawn IS NULL AND accepted IS NULL AND expires > @now";
    private const string Columns = """
        id, name, email, roles, language, connection_w AS ConnectionW, credit_line AS CreditLine, assets, meter, created, created_by AS CreatedBy, expires, withdrawn, accepted, person
        """;

    /// <summary>Makes an invitation.</summary>
    /// <param name="name">Whom it is for.</param>
    /// <param name="email">His mail address, or null.</param>
    /// <param name="roles">What he will be.</param>
    /// <param name="language">His language.</param>
    /// <param name="home">What he is to be registered with.</param>
    /// <param name="actor">Who invites; null for the node itself.</param>
    /// <returns>The invitation's id, the token in its link, and when it ends.</returns>
    public (string Id, string Token, long Expires) Make(string name, string? email, IEnumerable<string> roles, string language, PlannedHome home, string? actor)
    {
        string id = SecretToken.NewId();
        string token = SecretToken.New(TokenBytes);
        long expires = clock.In(Lifetime);
        using DbConnection connection = database.Open();
        connection.Execute(
            """
            INSERT INTO invitations (id, token, name, email, roles, language, connection_w, credit_line, assets, meter, created, created_by, expires)
            VALUES (@id, @digest, @name, @email, @roles, @language, @ConnectionW, @CreditLine, @Assets, @Meter, @now, @actor, @expires)
            """,
            new
            {
                id,
                digest = SecretToken.DigestOf(token),
                name = name.Trim(),
                email = email?.Trim(),
                roles = string.Join(' ', roles.Distinct(StringComparer.Ordinal)),
                language,
                home.ConnectionW,
                home.CreditLine,
                home.Assets,
                home.Meter,
                now = clock.Now(),
                actor,
                expires,
            });
        return (id, token, expires);
    }

    /// <summary>An invitation for whoever will run the community first, where nobody does; those made before for this end.</summary>
    /// <returns>The token in its link, or null where somebody runs the community.</returns>
    public string? MakeForFirstManager(PeopleStore people)
    {
        if (people.HasManager())
        {
            return null;
        }

        using (DbConnection connection = database.Open())
        {
            connection.Execute($"UPDATE invitations SET withdrawn = @now WHERE created_by IS NULL AND {Open}", new { now = clock.Now() });
        }

        return Make("Manager", email: null, [Roles.Manager], "en", PlannedHome.None, actor: null).Token;
    }

    /// <summary>The invitation of a link that still serves, or null.</summary>
    public InvitationRow? Find(string token)
    {
        using DbConnection connection = database.Open();
        return connection.QuerySingleOrDefault<InvitationRow>(
            $"SELECT {Columns} FROM invitations WHERE token = @digest AND {Open}",
            new { digest = SecretToken.DigestOf(token), now = clock.Now() });
    }

    /// <summary>Invitations, by their ids.</summary>
    /// <param name="after">The id after which to begin, or empty.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="isAll">Whether also those that were accepted, withdrawn or not accepted in time.</param>
    public IReadOnlyList<InvitationRow> List(string after, int most, bool isAll)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<InvitationRow>(
            $"SELECT {Columns} FROM invitations WHERE id > @after AND name <> '' {(isAll ? "" : $"AND {Open}")} ORDER BY id LIMIT @most",
            new { after, most, now = clock.Now() })];
    }

    /// <summary>Ends an invitation before it is accepted.</summary>
    /// <returns>False where there is no such, or it has ended.</returns>
    public bool Withdraw(string id)
    {
        using DbConnection connection = database.Open();
        return connection.Execute($"UPDATE invitations SET withdrawn = @now WHERE id = @id AND {Open}", new { id, now = clock.Now() }) == 1;
    }

    /// <summary>Makes an account of an invitation, and uses the invitation up: both or neither.</summary>
    /// <param name="invitation">The invitation.</param>
    /// <param name="newcomer">Who accepts, and how he will sign in.</param>
    /// <returns>Whether it was done, and if not, why not.</returns>
    public Acceptance Accept(InvitationRow invitation, Newcomer newcomer)
    {
        long now = clock.Now();
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        if (connection.Execute($"UPDATE invitations SET accepted = @now, person = @PersonId WHERE id = @Id AND {Open}", new { now, newcomer.PersonId, invitation.Id }, transaction) == 0)
        {
            return Acceptance.Ended;
        }

        string? key = newcomer.Password is { } given ? PersonFields.EmailKey(given.Email) : null;
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM people WHERE email_key = @key", new { key }, transaction) > 0)
        {
            return Acceptance.EmailTaken;
        }

        connection.Execute(
            """
            INSERT INTO people (id, name, email, email_key, language, password_hash, totp_secret, totp_step, connection_w, credit_line, assets, meter, created, erasure_pending)
            VALUES (@PersonId, @name, @email, @key, @Language, @hash, @secret, @step, @ConnectionW, @CreditLine, @Assets, @Meter, @now, 0)
            """,
            new
            {
                newcomer.PersonId,
                name = newcomer.Name.Trim(),
                email = newcomer.Password?.Email.Trim(),
                key,
                invitation.Language,
                hash = newcomer.Password?.Hash,
                secret = newcomer.Password?.ProtectedTotpSecret,
                step = newcomer.Password?.UsedStep ?? 0,
                invitation.ConnectionW,
                invitation.CreditLine,
                invitation.Assets,
                invitation.Meter,
                now,
            },
            transaction);
        PeopleStore.AddRoles(connection, transaction, newcomer.PersonId, invitation.Roles.Split(' '));
        if (newcomer.Passkey is { } passkey)
        {
            PasskeyStore.Add(connection, transaction, newcomer.PersonId, passkey, "", now);
        }

        transaction.Commit();
        freshness.HasChanged();
        return Acceptance.Done;
    }
}

/// <summary>What came of accepting an invitation.</summary>
internal enum Acceptance
{
    /// <summary>There is an account.</summary>
    Done,

    /// <summary>The invitation was accepted or withdrawn in the meantime, or its time is over.</summary>
    Ended,

    /// <summary>Somebody signs in with this mail address already.</summary>
    EmailTaken,
}

/// <summary>Somebody who accepts an invitation, with a passkey or with a password.</summary>
/// <param name="PersonId">His new id.</param>
/// <param name="Name">What he is called.</param>
/// <param name="Passkey">His passkey, or null.</param>
/// <param name="Password">His password and what belongs to it, or null.</param>
internal sealed record Newcomer(string PersonId, string Name, UserPasskeyInfo? Passkey, NewPassword? Password);

/// <summary>A password that was chosen, as it is kept, with what belongs to it.</summary>
/// <param name="Email">The mail address to sign in with.</param>
/// <param name="Hash">The password's hash.</param>
/// <param name="ProtectedTotpSecret">The secret of the authenticator app, protected.</param>
/// <param name="UsedStep">The step whose code was shown with it, which does not serve again.</param>
internal sealed record NewPassword(string Email, string Hash, string ProtectedTotpSecret, long UsedStep);

/// <summary>An invitation as the database has it.</summary>
internal sealed class InvitationRow
{
    /// <summary>Its id, which opens nothing.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it is for.</summary>
    public required string Name { get; init; }

    /// <summary>His mail address, or null.</summary>
    public string? Email { get; init; }

    /// <summary>What he will be, separated by spaces.</summary>
    public required string Roles { get; init; }

    /// <summary>His language.</summary>
    public required string Language { get; init; }

    /// <summary>The grid connection in W, or null.</summary>
    public long? ConnectionW { get; init; }

    /// <summary>The credit line in millionths of the currency, or null.</summary>
    public long? CreditLine { get; init; }

    /// <summary>The assets in JSON, or null.</summary>
    public string? Assets { get; init; }

    /// <summary>The meter's address, or null.</summary>
    public string? Meter { get; init; }

    /// <summary>When it was made.</summary>
    public long Created { get; init; }

    /// <summary>Who made it; null for the node itself.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it ends.</summary>
    public long Expires { get; init; }

    /// <summary>When it was withdrawn, or null.</summary>
    public long? Withdrawn { get; init; }

    /// <summary>When it was accepted, or null.</summary>
    public long? Accepted { get; init; }

    /// <summary>The id of who accepted it, or null.</summary>
    public string? Person { get; init; }
}
