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

    /// <summary>Keeps everybody else from these tables until the transaction ends, and makes sure that nobody else went on with them meanwhile.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="expected">Up to where they were made.</param>
    /// <exception cref="ForkedBlocksException">They are made up to another block: a second process makes them too.</exception>
    public void Claim(ProjectionSession session, BookPosition? expected)
    {
        // A transaction that writes has all of an SQLite file for itself; in PostgreSQL who reads still does.
        if (!IsSqlite(session.Connection))
        {
            session.Execute("LOCK TABLE position IN SHARE ROW EXCLUSIVE MODE");
        }

        IReadOnlyList<byte[]> found = session.Query<byte[]>("SELECT hash FROM position");
        if (found is [var hash] ? expected is null || new Hash(hash) != expected.Hash : expected is not null)
        {
            throw new ForkedBlocksException($"The tables in {database.Place} are not made up to height {expected?.Height} any more: another process makes them too. Each node needs a database of its own for them.");
        }
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
