using System.Data.Common;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>The people of the community: who they are, what they may do, and which address on the ledger is theirs.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
/// <param name="freshness">Told when what a request may know of a person has changed.</param>
internal sealed partial class PeopleStore(Database database, TimeProvider clock, Freshness freshness)
{
    private const string Columns = """
        id, name, email, language, time_zone AS TimeZone, password_hash AS PasswordHash, totp_secret AS TotpSecret, address, public_key AS PublicKey,
        connection_w AS ConnectionW, credit_line AS CreditLine, assets, meter, created
        """;

    /// <summary>Somebody who has an account and was not erased, or null.</summary>
    public Person? Find(string id) => FindBy("id", id);

    /// <summary>Who signs in with an email address, or null.</summary>
    public Person? FindByEmail(string email) => FindBy("email_key", PersonFields.EmailKey(email));

    /// <summary>What somebody is in the community, in the alphabet's order.</summary>
    public IReadOnlyList<string> RolesOf(string id)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<string>("SELECT role FROM person_roles WHERE person = @id ORDER BY role", new { id })];
    }

    /// <summary>People in the order of their ids, with their roles.</summary>
    /// <param name="after">The id after which to begin, or empty.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<(Person Person, IReadOnlyList<string> Roles)> List(string after, int most)
    {
        using DbConnection connection = database.Open();
        Person[] people = [.. connection.Query<Person>($"SELECT {Columns} FROM people WHERE erased IS NULL AND id > @after ORDER BY id LIMIT @most", new { after, most })];
        ILookup<string, string> roles = connection
            .Query<PersonRole>("SELECT person, role FROM person_roles WHERE person > @after AND person <= @last ORDER BY role", new { after, last = people.Length == 0 ? after : people[^1].Id })
            .ToLookup(pair => pair.Person, pair => pair.Role, StringComparer.Ordinal);
        return [.. people.Select(person => (person, (IReadOnlyList<string>)[.. roles[person.Id]]))];
    }

    /// <summary>Everybody who has an address on the ledger, and was not erased.</summary>
    public IReadOnlyList<Person> WithAddress()
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<Person>($"SELECT {Columns} FROM people WHERE erased IS NULL AND address IS NOT NULL ORDER BY created, id")];
    }

    /// <summary>Changes what somebody says of himself; null leaves as it is.</summary>
    /// <param name="id">Who.</param>
    /// <param name="name">His name.</param>
    /// <param name="language">His language.</param>
    /// <param name="timeZone">His time zone; empty for the community's.</param>
    /// <param name="fromMonth">The first month that is billed in it: one that has not begun anywhere, so that nothing billed is cut anew.</param>
    public void Change(string id, string? name, string? language, string? timeZone, BillingMonth fromMonth)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        connection.Execute(
            """
            UPDATE people SET name = COALESCE(@name, name), language = COALESCE(@language, language),
                time_zone = CASE WHEN @keepsZone = 1 THEN time_zone ELSE @zone END
            WHERE id = @id AND erased IS NULL
            """,
            new { id, name = name?.Trim(), language, keepsZone = timeZone is null ? 1 : 0, zone = string.IsNullOrEmpty(timeZone) ? null : timeZone },
            transaction);
        if (timeZone is not null)
        {
            connection.Execute(
                """
                INSERT INTO time_zones (person, from_month, zone) SELECT id, @month, @timeZone FROM people WHERE id = @id AND erased IS NULL
                ON CONFLICT (person, from_month) DO UPDATE SET zone = @timeZone
                """,
                new { id, month = (long)fromMonth.Number, timeZone },
                transaction);
        }

        transaction.Commit();
        freshness.HasChanged();
    }

    /// <summary>From which month on which time zone holds, by the address on the ledger of whoever it holds for; also of those who were erased, whose invoices stay as they are.</summary>
    public IReadOnlyList<MonthsZone> Zones()
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<MonthsZone>(
            "SELECT people.address, from_month AS FromMonth, zone FROM time_zones JOIN people ON people.id = person WHERE people.address IS NOT NULL ORDER BY from_month")];
    }

    /// <summary>Sets how somebody signs in without a passkey.</summary>
    /// <returns>False where somebody else signs in with this email address.</returns>
    public bool SetPassword(string id, string email, string passwordHash, string protectedTotpSecret, long usedStep)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        string key = PersonFields.EmailKey(email);
        bool isTaken = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM people WHERE email_key = @key AND id <> @id", new { key, id }, transaction) > 0;
        if (!isTaken)
        {
            connection.Execute(
                "UPDATE people SET email = @email, email_key = @key, password_hash = @passwordHash, totp_secret = @protectedTotpSecret, totp_step = @usedStep WHERE id = @id AND erased IS NULL",
                new { id, email = email.Trim(), key, passwordHash, protectedTotpSecret, usedStep },
                transaction);
            transaction.Commit();
            freshness.HasChanged();
        }

        return !isTaken;
    }

    /// <summary>Uses up the code of a step and of all before it.</summary>
    /// <returns>False where it was used up already.</returns>
    public bool UseTotpStep(string id, long step)
    {
        using DbConnection connection = database.Open();
        return connection.Execute("UPDATE people SET totp_step = @step WHERE id = @id AND totp_step < @step", new { id, step }) == 1;
    }

    /// <summary>Sets what somebody is in the community.</summary>
    /// <returns>False where nobody would be left to run the community; nothing changes then.</returns>
    public bool SetRoles(string id, IReadOnlyList<string> roles)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        if (!roles.Contains(Roles.Manager, StringComparer.Ordinal) && IsLastManager(connection, transaction, id))
        {
            return false;
        }

        connection.Execute("DELETE FROM person_roles WHERE person = @id", new { id }, transaction);
        AddRoles(connection, transaction, id, roles);
        transaction.Commit();
        freshness.HasChanged();
        return true;
    }

    /// <summary>Whether anybody runs the community.</summary>
    public bool HasManager()
    {
        using DbConnection connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM person_roles WHERE role = @role", new { role = Roles.Manager }) > 0;
    }

    /// <summary>Binds a ledger address to somebody, or replaces the one he had. What an erased account left behind is taken over by who holds the key.</summary>
    /// <param name="id">Who he is.</param>
    /// <param name="address">The address.</param>
    /// <param name="publicKey">The key, in hexadecimal.</param>
    /// <param name="fromMonth">The first month that has not begun anywhere: what was billed to the address before is not cut anew by a time zone that he chose without it.</param>
    /// <returns>False where the address is somebody else's.</returns>
    public bool BindKey(string id, string address, string publicKey, BillingMonth fromMonth)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM people WHERE id = @id AND address = @address", new { id, address }, transaction) == 0)
        {
            BeginZonesWith(connection, transaction, id, fromMonth.Number);
        }

        // Who comes back with his key is the same member, and his months stay as they were.
        connection.Execute(
            """
            INSERT INTO time_zones (person, from_month, zone) SELECT @id, from_month, zone FROM time_zones
            WHERE person IN (SELECT id FROM people WHERE address = @address AND erased IS NOT NULL AND erasure_pending = 0)
            ON CONFLICT (person, from_month) DO NOTHING
            """,
            new { id, address },
            transaction);
        connection.Execute("UPDATE people SET address = NULL, public_key = NULL WHERE address = @address AND erased IS NOT NULL AND erasure_pending = 0", new { address }, transaction);
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM people WHERE address = @address AND id <> @id", new { address, id }, transaction) > 0)
        {
            return false;
        }

        connection.Execute("UPDATE people SET address = @address, public_key = @publicKey WHERE id = @id AND erased IS NULL", new { id, address, publicKey }, transaction);
        transaction.Commit();
        freshness.HasChanged();
        return true;
    }

    private static void BeginZonesWith(DbConnection connection, DbTransaction transaction, string id, long month)
    {
        var parameters = new { id, month };
        connection.Execute(
            """
            INSERT INTO time_zones (person, from_month, zone) SELECT person, @month, zone FROM time_zones
            WHERE person = @id AND from_month = (SELECT MAX(from_month) FROM time_zones WHERE person = @id AND from_month < @month)
            ON CONFLICT (person, from_month) DO NOTHING
            """,
            parameters,
            transaction);
        connection.Execute("DELETE FROM time_zones WHERE person = @id AND from_month < @month", parameters, transaction);
    }

    /// <summary>Makes sure that a made-up person is there, as described; for the demo.</summary>
    /// <param name="id">Names him; the same each time.</param>
    /// <param name="name">What he is called.</param>
    /// <param name="roles">What he is.</param>
    /// <param name="address">His address on the ledger, or null.</param>
    /// <param name="publicKey">His public key in hexadecimal, or null.</param>
    public void EnsureDemoPerson(string id, string name, IReadOnlyList<string> roles, string? address = null, string? publicKey = null)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        connection.Execute(
            """
            INSERT INTO people (id, name, language, totp_step, address, public_key, created, erasure_pending)
            VALUES (@id, @name, 'en', 0, @address, @publicKey, @now, 0)
            ON CONFLICT (id) DO UPDATE SET address = @address, public_key = @publicKey
            """,
            new { id, name, address, publicKey, now = clock.Now() },
            transaction);
        AddRoles(connection, transaction, id, roles);
        transaction.Commit();
        freshness.HasChanged();
    }

    internal static void AddRoles(DbConnection connection, DbTransaction transaction, string id, IEnumerable<string> roles)
    {
        foreach (string role in roles.Distinct(StringComparer.Ordinal))
        {
            connection.Execute("INSERT INTO person_roles (person, role) VALUES (@id, @role) ON CONFLICT (person, role) DO NOTHING", new { id, role }, transaction);
        }
    }

    internal static bool IsLastManager(DbConnection connection, DbTransaction transaction, string id)
    {
        string[] managers = [.. connection.Query<string>("SELECT person FROM person_roles WHERE role = @role", new { role = Roles.Manager }, transaction)];
        return managers is [var only] && string.Equals(only, id, StringComparison.Ordinal);
    }

    private Person? FindBy(string column, string value)
    {
        using DbConnection connection = database.Open();
        return connection.QuerySingleOrDefault<Person>($"SELECT {Columns} FROM people WHERE {column} = @value AND erased IS NULL", new { value });
    }

    /// <summary>A time zone that holds from a month on.</summary>
    internal sealed class MonthsZone
    {
        /// <summary>The address on the ledger of whoever it holds for.</summary>
        public required string Address { get; init; }

        /// <summary>The month's number.</summary>
        public long FromMonth { get; init; }

        /// <summary>The zone; empty for the community's.</summary>
        public required string Zone { get; init; }
    }

    private sealed class PersonRole
    {
        public required string Person { get; init; }

        public required string Role { get; init; }
    }
}
