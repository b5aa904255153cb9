using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Community.Tables;

/// <summary>Reads the tables that are made from the ledger. All that one request reads is of one height.</summary>
/// <param name="database">The database <c>projections</c>.</param>
internal sealed class CommunityTables(Database database)
{
    /// <summary>Opens the tables as they are now; whoever opens them closes them.</summary>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public TableSnapshot Open()
    {
        DbConnection connection = database.Open();
        try
        {
            // SQLite's own way to begin through its client would wait for the one that writes.
            connection.Execute(database is SqliteDatabase ? "BEGIN DEFERRED TRANSACTION" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            return new TableSnapshot(connection);
        }
        catch
        {
            TableSnapshot.GiveBack(connection);
            throw;
        }
    }

    /// <summary>Reads something of the tables as they are now.</summary>
    public T Read<T>(Func<TableSnapshot, T> read)
    {
        using TableSnapshot tables = Open();
        return read(tables);
    }
}

/// <summary>The tables as they were at one height.</summary>
internal sealed class TableSnapshot : IDisposable
{
    private readonly DbConnection connection;

    /// <summary>A connection with a transaction begun; the snapshot owns it.</summary>
    public TableSnapshot(DbConnection connection)
    {
        this.connection = connection;
        (Height, long time) = connection.QuerySingleOrDefault<(long, long)>("SELECT height, time FROM position");
        Time = new Instant(time);
    }

    /// <summary>Up to which block the tables are made.</summary>
    public long Height { get; }

    /// <summary>That block's time.</summary>
    public Instant Time { get; }

    /// <summary>All rows of a query.</summary>
    public IReadOnlyList<T> Query<T>(string statement, object? parameters = null) => connection.Query<T>(statement, parameters).AsList();

    /// <summary>The one row of a query, or null.</summary>
    public T? Find<T>(string statement, object? parameters = null) => connection.QueryFirstOrDefault<T>(statement, parameters);

    /// <summary>The rows of a query one after the other, for long tables.</summary>
    public IEnumerable<T> Stream<T>(string statement, object? parameters = null) => connection.Query<T>(statement, parameters, buffered: false);

    /// <inheritdoc/>
    public void Dispose() => GiveBack(connection);

    /// <summary>Ends what was begun on a connection, and lets the pool have it: a pool gives a connection on as it was left.</summary>
    internal static void GiveBack(DbConnection connection)
    {
        using (connection)
        {
            try
            {
                connection.Execute("ROLLBACK TRANSACTION");
            }
            catch (DbException)
            {
                // Nothing was begun, or the fault ended it.
            }
        }
    }
}
