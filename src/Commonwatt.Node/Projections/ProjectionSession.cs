using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Projections;

/// <summary>One transaction on the projection's database: what a batch of blocks changes is gathered, written, and committed at once.</summary>
internal sealed class ProjectionSession : IDisposable
{
    // A row is written once, however often it changes in between; this bounds what is kept in memory.
    private const int MostGathered = 50_000;

    private readonly DbConnection connection;
    private readonly DbTransaction transaction;
    private readonly RowWriter writer;
    private readonly Dictionary<ProjectedTable, Dictionary<(object, object?, object?, object?), object?[]>> gathered = [];
    private int count;

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public ProjectionSession(Database database)
    {
        connection = database.Open();
        try
        {
            transaction = connection.BeginTransaction();
            writer = RowWriter.For(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The connection that all goes through.</summary>
    public DbConnection Connection => connection;

    /// <summary>How many rows were written or are to be.</summary>
    public long Rows { get; private set; }

    /// <summary>Sets a row; one with the same key takes its place.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">A value for each of its columns.</param>
    public void Put(ProjectedTable table, params object?[] row)
    {
        if (row.Length != table.Columns.Count)
        {
            throw new ArgumentException($"A row of {table.Name} has {table.Columns.Count} values, not {row.Length}.", nameof(row));
        }

        if (!gathered.TryGetValue(table, out Dictionary<(object, object?, object?, object?), object?[]>? rows))
        {
            rows = [];
            gathered.Add(table, rows);
        }

        rows[(row[0]!, table.Keys > 1 ? row[1] : null, table.Keys > 2 ? row[2] : null, table.Keys > 3 ? row[3] : null)] = row;
        Rows++;
        if (++count >= MostGathered)
        {
            Flush();
        }
    }

    /// <summary>Rows as they are now, with what this transaction changed.</summary>
    public IReadOnlyList<T> Query<T>(string statement, object? parameters = null)
    {
        Flush();
        return [.. connection.Query<T>(statement, parameters, transaction)];
    }

    /// <summary>Changes rows by a statement.</summary>
    public void Execute(string statement, object? parameters = null)
    {
        Flush();
        connection.Execute(statement, parameters, transaction);
    }

    /// <summary>Keeps all that was changed.</summary>
    public void Commit()
    {
        Flush();
        transaction.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        transaction.Dispose();
        connection.Dispose();
    }

    private void Flush()
    {
        foreach ((ProjectedTable table, Dictionary<(object, object?, object?, object?), object?[]> rows) in gathered)
        {
            if (rows.Count > 0)
            {
                writer.Write(table, rows.Values, transaction);
                rows.Clear();
            }
        }

        count = 0;
    }
}
