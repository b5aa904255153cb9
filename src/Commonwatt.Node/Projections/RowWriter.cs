using System.Data.Common;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Commonwatt.Node.Projections;

/// <summary>Writes many rows at once.</summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>The fastest writer for a connection's database.</summary>
    public static RowWriter For(DbConnection connection) => connection switch
    {
        SqliteConnection sqlite => new SqliteRowWriter(sqlite),
        NpgsqlConnection postgres => new PostgresRowWriter(postgres),
        _ => throw new NotSupportedException($"No rows can be written through a {connection.GetType().Name}."),
    };

    /// <summary>Writes rows; one with the same key takes the place of what is there. No two of them may have the same key.</summary>
    public abstract void Write(ProjectedTable table, IReadOnlyCollection<object?[]> rows, DbTransaction transaction);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>A value as a database has it.</summary>
    protected static object? Plain(object? value) => value switch
    {
        Instant time => time.UnixMilliseconds,
        bool truth => truth ? 1L : 0L,
        int number => (long)number,
        uint number => (long)number,
        // A nonce may be any number of 64 bits: a great one is kept as the negative number with the same bits.
        ulong number => unchecked((long)number),
        Energy energy => energy.WattHours,
        Power power => power.Watts,
        Price price => price.MicrosPerKilowattHour,
        Money money => money.Micros,
        Hash hash => hash.ToArray(),
        Address address => address.ToArray(),
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        // Anybody may put this character into the name of a contract, and PostgreSQL takes no text with it.
        string text => text.Replace('\0', '\uFFFD'),
        _ => value,
    };
}

/// <summary>Writes to SQLite, with one prepared statement a table.</summary>
internal sealed class SqliteRowWriter(SqliteConnection connection) : RowWriter
{
    private readonly Dictionary<ProjectedTable, SqliteCommand> commands = [];

    /// <inheritdoc/>
    public override void Write(ProjectedTable table, IReadOnlyCollection<object?[]> rows, DbTransaction transaction)
    {
        if (!commands.TryGetValue(table, out SqliteCommand? command))
        {
            command = Prepare(table);
            commands.Add(table, command);
        }

        command.Transaction = (SqliteTransaction)transaction;
        foreach (object?[] row in rows)
        {
            for (int index = 0; index < row.Length; index++)
            {
                command.Parameters[index].Value = Plain(row[index]) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (SqliteCommand command in commands.Values)
        {
            command.Dispose();
        }

        base.Dispose();
    }

    private SqliteCommand Prepare(ProjectedTable table)
    {
        SqliteCommand command = connection.CreateCommand();
        string values = string.Join(", ", table.Columns.Select((_, index) => $"@p{index}"));
        command.CommandText = $"INSERT INTO {table.Name} ({table.ColumnNames}) VALUES ({values}) {table.OnConflict}";
        for (int index = 0; index < table.Columns.Count; index++)
        {
            command.Parameters.Add(new SqliteParameter($"@p{index}", table.Columns[index].Type switch
            {
                ColumnType.Number => SqliteType.Integer,
                ColumnType.Text => SqliteType.Text,
                _ => SqliteType.Blob,
            }));
        }

        return command;
    }
}

/// <summary>Writes to PostgreSQL, all rows of a table in one statement with an array for each column.</summary>
internal sealed class PostgresRowWriter(NpgsqlConnection connection) : RowWriter
{
    private const int MostRows = 10_000;

    /// <inheritdoc/>
    public override void Write(ProjectedTable table, IReadOnlyCollection<object?[]> rows, DbTransaction transaction)
    {
        foreach (object?[][] part in rows.Chunk(MostRows))
        {
            using NpgsqlCommand command = connection.CreateCommand();
            command.Transaction = (NpgsqlTransaction)transaction;
            string arrays = string.Join(", ", table.Columns.Select((_, index) => $"${index + 1}"));
            command.CommandText = $"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT * FROM unnest({arrays}) {table.OnConflict}";
            for (int index = 0; index < table.Columns.Count; index++)
            {
                command.Parameters.Add(Array(table.Columns[index].Type, part, index));
            }

            command.ExecuteNonQuery();
        }
    }

    private static NpgsqlParameter Array(ColumnType type, object?[][] rows, int index) => type switch
    {
        ColumnType.Number => new NpgsqlParameter { Value = System.Array.ConvertAll(rows, row => (long?)Plain(row[index])), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        ColumnType.Text => new NpgsqlParameter { Value = System.Array.ConvertAll(rows, row => (string?)Plain(row[index])), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = System.Array.ConvertAll(rows, row => (byte[]?)Plain(row[index])), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
    };
}
