using System.Data.Common;
using Dapper;
using Npgsql;

namespace Commonwatt.Node.Databases;

/// <summary>A database of the node's: a file of SQLite, or a schema of PostgreSQL. The same statements run on both.</summary>
/// <remarks>
/// Statements keep to what both understand: types <c>BIGINT</c>, <c>TEXT</c>, <c>BYTEA</c> and <c>SMALLINT</c>; times are milliseconds since 1970, truths 0 or 1;
/// <c>INSERT … ON CONFLICT</c>; no generated keys.
/// </remarks>
internal abstract class Database : IDisposable
{
    /// <summary>Where it is, for sentences; without its password.</summary>
    public abstract string Place { get; }

    /// <summary>A connection that is open; its owner disposes of it, and a pool may keep it.</summary>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public DbConnection Open()
    {
        DbConnection connection = Connect();
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch (DbException fault)
        {
            connection.Dispose();
            throw new DatabaseException($"The database {Place} does not answer: {fault.Message}", fault);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Brings the tables to the newest of their versions; those that ran already do not run again.</summary>
    /// <param name="scripts">Each version's statements, from the first version on; what was released never changes.</param>
    /// <param name="versions">The table that keeps the version: rooms that share a database each have one of their own.</param>
    /// <exception cref="DatabaseException">The database is of a newer build, or does not answer.</exception>
    public void Migrate(IReadOnlyList<string> scripts, string versions = "schema_version")
    {
        using DbConnection connection = Open();
        using DbTransaction transaction = connection.BeginTransaction();
        connection.Execute($"CREATE TABLE IF NOT EXISTS {versions} (version BIGINT NOT NULL PRIMARY KEY)", transaction: transaction);
        long version = connection.ExecuteScalar<long?>($"SELECT MAX(version) FROM {versions}", transaction: transaction) ?? 0;
        if (version > scripts.Count)
        {
            throw new DatabaseException($"The database {Place} has tables of version {version}, and this build knows up to {scripts.Count}: start the newer build that made them.");
        }

        for (int next = (int)version; next < scripts.Count; next++)
        {
            connection.Execute(scripts[next], transaction: transaction);
            connection.Execute($"INSERT INTO {versions} (version) VALUES (@version)", new { version = next + 1L }, transaction);
        }

        transaction.Commit();
    }

    /// <summary>Leaves nothing in the database's own files of what was deleted before, as far as that is in its hands.</summary>
    public virtual void ForgetDeleted()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>A connection that is not open yet.</summary>
    protected abstract DbConnection Connect();

    /// <summary>Sets what holds for one connection.</summary>
    protected virtual void Prepare(DbConnection connection)
    {
    }
}

/// <summary>A database does not answer, or holds what this build does not know.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether a statement failed for a text that PostgreSQL cannot hold, such as one with NUL in it: whoever sent it is wrong, and not the node.</summary>
    public static bool IsOfUnwritableText(Exception? fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter };
}
