using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Commonwatt.Node.Databases;

/// <summary>A database in one file, with the SQLite of this machine.</summary>
internal sealed class SqliteDatabase : Database
{
    // The pool gives the same connections again and again, and what was set for one still holds.
    private readonly ConditionalWeakTable<sqlite3, object> prepared = [];
    private readonly string connectionString;
    private readonly bool canBeMadeAnew;

    /// <summary>A database in a file, which is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="canBeMadeAnew">Whether all of it can be made again: then a loss of power may cost the newest commits, never the order of them, and what is deleted needs no overwriting.</param>
    /// <exception cref="DatabaseException">This machine has no SQLite.</exception>
    public SqliteDatabase(string path, bool canBeMadeAnew = false)
    {
        SqliteLibrary.Require();
        Place = path;
        this.canBeMadeAnew = canBeMadeAnew;
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
    protected override void Prepare(DbConnection connection)
    {
        sqlite3? handle = ((SqliteConnection)connection).Handle;
        if (handle is null || prepared.TryGetValue(handle, out _))
        {
            return;
        }

        // Readers do not wait for the one that writes.
        connection.Execute($"PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; {(canBeMadeAnew ? "PRAGMA synchronous = NORMAL" : "PRAGMA secure_delete = ON")}");
        prepared.AddOrUpdate(handle, this);
    }
}
