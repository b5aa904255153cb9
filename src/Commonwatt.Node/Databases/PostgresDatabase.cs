using System.Data.Common;
using Dapper;
using Npgsql;

namespace Commonwatt.Node.Databases;

/// <summary>A schema of a PostgreSQL database.</summary>
internal sealed class PostgresDatabase : Database
{
    private readonly NpgsqlDataSource source;

    /// <summary>A schema, which is made where there is none.</summary>
    /// <param name="connectionString">Npgsql's connection string.</param>
    /// <param name="schema">The schema's name: small letters, digits and underscores.</param>
    /// <exception cref="ArgumentException">The connection string or the schema's name cannot be read.</exception>
    public PostgresDatabase(string connectionString, string schema)
    {
        if (schema.Length == 0 || !schema.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            throw new ArgumentException($"A schema's name has small letters, digits and underscores: '{schema}' has others.", nameof(schema));
        }

        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema };
        Place = $"{builder.Database} on {builder.Host}, schema {schema}";
        source = NpgsqlDataSource.Create(builder);
        using DbConnection connection = Open();
        connection.Execute($"CREATE SCHEMA IF NOT EXISTS {schema}");
    }

    /// <inheritdoc/>
    public override string Place { get; }

    /// <summary>What is wrong with a connection string, without showing any of it; null where nothing is.</summary>
    public static string? FindFault(string connectionString)
    {
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(read.Host) || string.IsNullOrEmpty(read.Database) ? "it names no host or no database." : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException)
        {
            return "it cannot be read.";
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => source.Dispose();

    /// <inheritdoc/>
    protected override DbConnection Connect() => source.CreateConnection();
}
