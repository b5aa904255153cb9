using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Terminal;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench projection</c>: makes the tables of a simulated community from its ledger's file, as a node does that lost them.</summary>
internal static class BenchProjection
{
    private const int BlocksAtOnce = 1_000;
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The verb.</summary>
    public static Verb Create()
    {
        Option<long?> days = new("--days") { Description = "How many days the community traded [default: 30]", HelpName = "N", CustomParser = WholeNumber.Parse };
        Option<string?> postgres = new("--postgres") { Description = "Npgsql's connection string [default: a file of SQLite]", HelpName = "TEXT" };
        Option<bool> json = SharedOptions.Json();
        Verb verb = new(
            "projection",
            "Make the tables of a community of a hundred members from its ledger, beside executing its blocks alone.",
            "./commonwatt bench projection --days 30 --json")
        {
            days, postgres, json,
        };
        verb.SetAction(parsed => Run(parsed.InvocationConfiguration.Output, (int)(parsed.GetValue(days) ?? 30), parsed.GetValue(postgres), parsed.GetValue(json)));
        return verb;
    }

    private static void Run(TextWriter output, int days, string? postgres, bool json)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("commonwatt-projection-");
        try
        {
            CommunityData data = CommunityData.Prepare(MadeUpNeighbourhood.Create(members: 100, days, TimeSpan.FromHours(1))).Required();
            SimulationRunner.Run(data, new LedgerFolder(folder.FullName), new SimulationSettings { HasSignatures = false });
            using Database database = postgres is null ? new SqliteDatabase(Path.Combine(folder.FullName, "tables.db"), canBeMadeAnew: true) : new PostgresDatabase(postgres, "bench_projection");
            ProjectionMeasure measure = Measure(folder.FullName, database);
            Write(output, days, measure, json);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProjectionMeasure Measure(string folder, Database database)
    {
        var disk = new FolderDisk(folder, isReadOnly: true);
        using RecordReader reader = RecordReader.Open(disk, NodeSettings.UsualFileName);
        var genesis = LedgerGenesis.Decode(CertifiedBlock.Decode(reader.Read(0)).Content.Span);
        ulong last = LastHeight(folder);
        var blocks = new StoredBlocks(new LedgerReplay(genesis, CommunityRules.Catalog, disk, height => reader.Read(height), Environment.ProcessorCount), reader, last);
        var store = new ProjectionStore(database, genesis.Id);
        store.Prepare();
        store.Empty();
        var projection = new Projection(store, genesis);
        projection.Open(blocks);
        var executing = new Stopwatch();
        var writing = new Stopwatch();
        long events = 0;
        executing.Start();
        foreach (FinalBlock[] part in blocks.Blocks(0, last).Chunk(BlocksAtOnce))
        {
            executing.Stop();
            writing.Start();
            projection.Take(part, changes => events += changes.Blocks.Sum(block => (long)block.Events), CancellationToken.None);
            writing.Stop();
            executing.Start();
        }

        executing.Stop();
        long rows = ProjectedTables.All.Sum(table => Count(database, table));
        return new ProjectionMeasure((long)last + 1, events, rows, writing.Elapsed.TotalSeconds, executing.Elapsed.TotalSeconds);
    }

    private static long Count(Database database, ProjectedTable table)
    {
        using System.Data.Common.DbConnection connection = database.Open();
        return Dapper.SqlMapper.ExecuteScalar<long>(connection, $"SELECT COUNT(*) FROM {table.Name}");
    }

    private static ulong LastHeight(string folder)
    {
        ulong height = 0;
        LedgerFile.Verify(Path.Combine(folder, NodeSettings.UsualFileName), new Progress<double>(), block => height = block.Executed.Height);
        return height;
    }

    private static void Write(TextWriter output, int days, ProjectionMeasure measure, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "projection", Members = 100, Days = days, Result = measure }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        new Facts()
            .Add("ledger", string.Create(culture, $"{measure.Blocks:N0} blocks with {measure.Events:N0} events, of 100 members over {days} days of hourly periods"))
            .Add("tables", string.Create(culture, $"{measure.Rows:N0} rows in {measure.WritingSeconds:N1} s: {measure.Rows / measure.WritingSeconds:N0} rows, {measure.Events / measure.WritingSeconds:N0} events, {measure.Blocks / measure.WritingSeconds:N0} blocks a second"))
            .Add("limit", string.Create(culture, $"{measure.ExecutingSeconds:N1} s to execute the blocks alone"))
            .Write(output);
    }

    private sealed record ProjectionMeasure(long Blocks, long Events, long Rows, double WritingSeconds, double ExecutingSeconds);

    private sealed class StoredBlocks(LedgerReplay replay, RecordReader reader, ulong last) : ILedgerBlocks
    {
        public ulong? FinalHeight => last;

        public BlockHeader HeaderAt(ulong height) => replay.HeaderAt(height);

        public CertifiedBlock BlockAt(ulong height) => CertifiedBlock.Decode(reader.Read(height));

        public IEnumerable<FinalBlock> Blocks(ulong from, ulong last, (BlockHeader Header, MerkleMapVersion State)? known = null) => replay.Blocks(from, last, known);
    }
}
