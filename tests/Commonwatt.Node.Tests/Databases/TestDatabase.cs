using Commonwatt.Node.Databases;

namespace Commonwatt.Node.Tests.Databases;

/// <summary>An empty database of a test's own, of either kind: <c>[Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]</c>.</summary>
internal sealed class TestDatabase : IDisposable
{
    private static int schemas;

    private readonly ScratchFolder scratch = new();
    private readonly string? schema;
    private readonly List<Database> opened = [];

    /// <summary>Makes one.</summary>
    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    public TestDatabase(string kind) => schema = kind == "postgres" ? $"test_{Interlocked.Increment(ref schemas)}" : null;

    /// <summary>Both kinds.</summary>
    public static TheoryData<string> Kinds { get; } = ["sqlite", "postgres"];

    /// <summary>Opens it; each time with connections of its own, as a restarted node does.</summary>
    public Database Open()
    {
        Database database = schema is null ? new SqliteDatabase(scratch.File("test.db")) : new PostgresDatabase(PostgresCluster.ConnectionString(), schema);
        opened.Add(database);
        return database;
    }

    public void Dispose()
    {
        opened.ForEach(database => database.Dispose());
        scratch.Dispose();
    }
}
