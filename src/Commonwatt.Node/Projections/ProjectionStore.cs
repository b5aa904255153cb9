using System.Data.Common;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Projections;

/// <summary>The projection's tables in their database. They can be made again from the ledger at any time, so that tables of another layout or ledger are simply dropped.</summary>
/// <param name="database">The database; nothing but the projection is in it.</param>
/// <param name="ledgerId">The ledger.</param>
internal sealed class ProjectionStore(Database database, Hash ledgerId)
{
    // To be raised when rows are made in another way, though the tables look the same.
    private const int Making = 1;

    /// <summary>The database.</summary>
    public Database Database => database;

    /// <summary>Makes the tables where there are none, and makes them anew where they are of another ledger or an earlier build.</summary>
    /// <returns>Why they were made anew, as the rest of a sentence; null where they are as they were, or new.</returns>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public string? Prepare()
    {
        LedgerTypes.Register();
        using DbConnection connection = database.Open();
        IReadOnlyList<string> present = PresentTables(connection);
        if (!present.Contains(ProjectedTables.Position.Name, StringComparer.Ordinal))
        {
            Make(connection, present);
            return null;
        }

        (byte[] Id, byte[] Layout)[] rows = [.. connection.Query<(byte[], byte[])>("SELECT ledger_id, layout FROM position")];
        string? why = rows is not [var row] ? null
            : new Hash(row.Id) != ledgerId ? "they are of another ledger"
            : !row.Layout.AsSpan().SequenceEqual(Layout(connection).ToArray()) ? "another build made them"
            : null;
        if (why is not null)
        {
            Make(connection, present);
        }

        return why;
    }

    /// <summary>Drops what is in the tables.</summary>
    public void Empty()
    {
        using DbConnection connection = database.Open();
        Make(connection, PresentTables(connection));
    }

    /// <summary>Notes up to which block the tables are made.</summary>
    public void PutPosition(ProjectionSession session, BookPosition position) =>
        session.Put(ProjectedTables.Position, 1L, ledgerId, Layout(session.Connection), position.Height, position.Time, position.Hash);

    private static void Make(DbConnection connection, IReadOnlyList<string> present)
    {
        using DbTransaction transaction = connection.BeginTransaction();
        foreach (string table in present)
        {
            connection.Execute($"DROP TABLE {table}", transaction: transaction);
        }

        connection.Execute(Script(connection), transaction: transaction);
        transaction.Commit();
    }

    private static IReadOnlyList<string> PresentTables(DbConnection connection)
    {
        string statement = IsSqlite(connection)
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()";
        return [.. connection.Query<string>(statement)];
    }

    private static bool IsSqlite(DbConnection connection) => connection is Microsoft.Data.Sqlite.SqliteConnection;

    private static string Script(DbConnection connection) => string.Concat(ProjectedTables.All.Select(table => table.Script(IsSqlite(connection))));

    private static Hash Layout(DbConnection connection) => Hash.Of($"commonwatt/projection/{Making}", System.Text.Encoding.UTF8.GetBytes(Script(connection)));
}
