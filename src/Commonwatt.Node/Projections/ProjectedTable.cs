using System.Text;

namespace Commonwatt.Node.Projections;

/// <summary>What a column holds.</summary>
internal enum ColumnType
{
    /// <summary>A whole number; times are milliseconds since 1970, truths 0 or 1.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes; an address has 20, a hash 32.</summary>
    Bytes,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsOptional">Whether it may be null.</param>
internal sealed record Column(string Name, ColumnType Type, bool IsOptional);

/// <summary>A table that is made from the ledger, and can be made again.</summary>
internal sealed class ProjectedTable
{
    private readonly string[] indexes;

    /// <summary>A table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="keys">How many columns, from the first on, are its primary key.</param>
    /// <param name="columns">Each column as <c>name</c> for a number, <c>name text</c>, <c>name bytes</c>; with <c>?</c> behind the name where it may be null.</param>
    /// <param name="indexes">The columns of each further index, as in <c>member, delivery</c>.</param>
    public ProjectedTable(string name, int keys, string[] columns, params string[] indexes)
    {
        Name = name;
        Keys = keys;
        Columns = [.. columns.Select(Parse)];
        this.indexes = indexes;
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>How many columns, from the first on, are the primary key.</summary>
    public int Keys { get; }

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>What is done where a row with the same key is there: the new one takes its place.</summary>
    public string OnConflict
    {
        get
        {
            string keys = string.Join(", ", Columns.Take(Keys).Select(column => column.Name));
            string rest = string.Join(", ", Columns.Skip(Keys).Select(column => $"{column.Name} = excluded.{column.Name}"));
            return rest.Length == 0 ? $"ON CONFLICT ({keys}) DO NOTHING" : $"ON CONFLICT ({keys}) DO UPDATE SET {rest}";
        }
    }

    /// <summary>The columns' names, with commas between.</summary>
    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>The statements that make the table.</summary>
    public string Script(bool isSqlite)
    {
        var script = new StringBuilder($"CREATE TABLE {Name} (");
        foreach (Column column in Columns)
        {
            script.Append($"{column.Name} {TypeName(column.Type, isSqlite)}{(column.IsOptional ? "" : " NOT NULL")}, ");
        }

        script.Append($"PRIMARY KEY ({string.Join(", ", Columns.Take(Keys).Select(column => column.Name))}))");
        // Without a row number of its own, a row stands in the tree of its key: half the size and half the work. Large rows are better elsewhere.
        script.AppendLine(isSqlite && !Columns.Any(column => column.Name == "content") ? " WITHOUT ROWID;" : ";");
        foreach (string index in indexes)
        {
            script.AppendLine($"CREATE INDEX {Name}_by_{index.Replace(", ", "_", StringComparison.Ordinal)} ON {Name} ({index});");
        }

        return script.ToString();
    }

    private static string TypeName(ColumnType type, bool isSqlite) => type switch
    {
        ColumnType.Number => "BIGINT",
        ColumnType.Text => "TEXT",
        _ => isSqlite ? "BLOB" : "BYTEA",
    };

    private static Column Parse(string text)
    {
        string[] words = text.Split(' ');
        ColumnType type = words.Length == 1 ? ColumnType.Number : words[1] == "text" ? ColumnType.Text : ColumnType.Bytes;
        return new Column(words[0].TrimEnd('?'), type, words[0].EndsWith('?'));
    }
}
