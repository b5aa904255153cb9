using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commonwatt.Node.Databases;

/// <summary>A database in one file, with the SQLite of this machine.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string connectionString;

    /// <summary>A database in a file, which is made where there is none.</summary>
    /// <exception cref="DatabaseException">This machine has no SQLite.</exception>
    public SqliteDatabase(string path)
    {
        SqliteLibrary.Require();
        Place = path;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
    }

    /// <inheritdoc/>
    public override string Place { get; }

    /// <inheritdoc/>
    public override void ForgetDeleted()
    {
        using DbConnection connection = Open();
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The pool would keep the file open.
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <inheritdoc/>
    protected override DbConnection Connect() => new SqliteConnection(connectionString);

    /// <inheritdoc/>
    protected override void Prepare(DbConnection connection) =>
        // Readers do not wait for the one that writes.
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
}
