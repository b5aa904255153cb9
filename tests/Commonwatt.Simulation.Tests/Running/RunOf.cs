using Commonwatt.Contracts;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Series;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>A finished run in a folder of its own.</summary>
internal sealed class RunOf : IDisposable
{
    public const string LedgerFile = "community.ledger";

    private readonly TemporaryFolder folder = new();

    public RunOf(Scenario scenario, bool signatures = false)
        : this(CommunityData.Prepare(scenario).Required(), signatures)
    {
    }

    public RunOf(CommunityData data, bool signatures = false)
    {
        Data = data;
        using FileStream settlement = File.Create(Path("settlement.csv"));
        using FileStream trades = File.Create(Path("trades.csv"));
        Result = SimulationRunner.Run(Data, new LedgerFolder(folder.Path, settlement, trades), new SimulationSettings { HasSignatures = signatures });
    }

    public CommunityData Data { get; }

    public SimulationResult Result { get; }

    /// <summary>The settlement lines as anybody reads them from the table.</summary>
    public IEnumerable<Line> Lines() => File.ReadLines(Path("settlement.csv")).Skip(1).Select(Line.Parse);

    /// <summary>The rows of trades.csv, without its header.</summary>
    public string[] Trades() => [.. File.ReadLines(Path("trades.csv")).Skip(1)];

    public VerificationReport Verify() =>
        LedgerVerifier.Verify(new FolderDisk(folder.Path, isReadOnly: true), LedgerFile, CommunityRules.Catalog, Environment.ProcessorCount);

    public string Path(string file) => System.IO.Path.Combine(folder.Path, file);

    public void Dispose() => folder.Dispose();

    /// <summary>A row of settlement.csv.</summary>
    internal readonly record struct Line(string Period, string From, string To, string Kind, long WattHours, long Micros, bool Estimated)
    {
        public static Line Parse(string row)
        {
            string[] fields = row.Split(',');
            Assert.True(Energy.TryParse(fields[4], out Energy quantity), row);
            Assert.True(Money.TryParse(fields[6], out Money amount), row);
            return new Line(fields[0], fields[1], fields[2], fields[3], quantity.WattHours, amount.Micros, bool.Parse(fields[7]));
        }

        /// <summary>What the line costs a party: positive where it pays.</summary>
        public long CostTo(string party) => (From == party ? Micros : 0) - (To == party ? Micros : 0);
    }
}
