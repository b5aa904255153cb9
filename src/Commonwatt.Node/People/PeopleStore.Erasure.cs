using System.Data.Common;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>Erasing what is known of a person.</summary>
internal sealed partial class PeopleStore
{
    /// <summary>
    /// Erases name, mail address, passkeys, password, sessions, roles and what his invitation said. His address on the ledger stays, under an id that names nobody,
    /// so that what others paid and were paid can still be checked.
    /// </summary>
    /// <returns>False where nobody would be left to run the community; nothing changes then.</returns>
    public bool Erase(string id)
    {
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        if (IsLastManager(connection, transaction, id))
        {
            return false;
        }

        connection.Execute(
            """
            UPDATE people SET name = '', email = NULL, email_key = NULL, time_zone = NULL, password_hash = NULL, totp_secret = NULL, connection_w = NULL,
                credit_line = NULL, assets = NULL, meter = NULL, erased = @now, erasure_pending = 1
            WHERE id = @id AND erased IS NULL
            """,
            new { id, now = clock.Now() },
            transaction);
        connection.Execute("DELETE FROM passkeys WHERE person = @id", new { id }, transaction);
        connection.Execute("DELETE FROM sessions WHERE person = @id", new { id }, transaction);
        connection.Execute("DELETE FROM person_roles WHERE person = @id", new { id }, transaction);
        connection.Execute("UPDATE invitations SET name = '', email = NULL, connection_w = NULL, credit_line = NULL, assets = NULL, meter = NULL WHERE person = @id", new { id }, transaction);
        connection.Execute("UPDATE security_events SET detail = '' WHERE person = @id", new { id }, transaction);
        transaction.Commit();
        freshness.HasChanged();
        return true;
    }

    /// <summary>Who was erased here, and whose data elsewhere may still be there, each with his address on the ledger.</summary>
    public IReadOnlyList<ErasedPerson> PendingErasures()
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<ErasedPerson>("SELECT id, address FROM people WHERE erasure_pending = 1 ORDER BY id")];
    }

    /// <summary>Nothing of somebody is left anywhere.</summary>
    public void HasErased(string id)
    {
        using (DbConnection connection = database.Open())
        {
            connection.Execute("UPDATE people SET erasure_pending = 0 WHERE id = @id", new { id });
        }

        database.ForgetDeleted();
    }
}

/// <summary>Somebody whose data is to go.</summary>
internal sealed class ErasedPerson
{
    /// <summary>His id.</summary>
    public required string Id { get; init; }

    /// <summary>His address on the ledger, or null.</summary>
    public string? Address { get; init; }
}
