using System.CommandLine;
using Commonwatt.Node.Terminal;
using Commonwatt.Simulation.Reports;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Commands;

/// <summary><c>simulate SCENARIO</c>: runs a community from a scenario file and writes its results to a folder.</summary>
internal static class SimulateCommand
{
    private static readonly Argument<string> ScenarioPath = new("SCENARIO") { Description = "The scenario file (JSON)" };

    private static readonly Option<string?> Out = new("--out") { Description = "The folder for the results [default: out/<scenario file's name>]", HelpName = "DIR" };

    private static readonly Option<string?> Mechanism = new("--mechanism") { Description = $"Clear with this mechanism and not the scenario's: {string.Join(", ", MarketRules.Mechanisms)}", HelpName = "NAME" };

    private static readonly Option<long?> Seed = new("--seed")
    {
        Description = "Draw random numbers from this seed and not the scenario's",
        HelpName = "N",
        CustomParser = WholeNumber.Parse,
    };

    private static readonly Option<bool> PerfectForecast = new("--perfect-forecast") { Description = "Let members know what they will use and make" };

    private static readonly Option<string?> Signatures = new("--signatures")
    {
        Description = "Sign and check every transaction, as the real thing does [default: on]",
        HelpName = "on|off",
    };

    private static readonly Option<bool> SkipBadRows = new("--skip-bad-rows") { Description = "Leave out rows of data files that cannot be read; they are counted and listed" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "simulate",
            "Simulate a community from a scenario file, and write its accounts and a report.",
            "./commonwatt simulate scenarios/neighbourhood.json",
            "./commonwatt simulate scenarios/neighbourhood.json --mechanism pair-midpoint --out out/midpoint --json")
        {
            ScenarioPath, Out, Mechanism, Seed, PerfectForecast, Signatures, SkipBadRows, Json,
        };
        verb.SetAction((parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));
        return verb;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        string scenarioPath = SharedOptions.RequireFile(parsed.GetRequiredValue(ScenarioPath), "scenario file");
        bool signatures = Choice.Of(parsed.GetValue(Signatures), "--signatures", ("on", true), ("off", false));
        ScenarioChanges changes = new(parsed.GetValue(Mechanism), parsed.GetValue(Seed), parsed.GetValue(PerfectForecast));
        CommunityData data = changes.Prepare(scenarioPath, parsed.GetValue(SkipBadRows));
        string path = parsed.GetValue(Out) ?? Path.Combine("out", Path.GetFileNameWithoutExtension(scenarioPath));
        using ResultFolder folder = ResultFolder.Open(path);
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        SimulationResult result = ProgressBar.During(streams.Error, "Simulating", progress => Simulate(data, signatures, folder, progress, cancel));
        ResultFiles.Write(folder, result);
        folder.Publish();
        if (parsed.GetValue(Json))
        {
            streams.Output.WriteLine(File.ReadAllText(Path.Combine(folder.Path, "summary.json")));
        }
        else
        {
            RunReport.Write(streams.Output, result, path);
        }

        return result.Residual.IsZero ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static SimulationResult Simulate(CommunityData data, bool signatures, ResultFolder folder, IProgress<double> progress, CancellationToken cancel)
    {
        using Stream settlement = folder.Create("settlement.csv");
        using Stream trades = folder.Create("trades.csv");
        LedgerFolder ledger = new(Path.GetDirectoryName(folder.Unfinished("community.ledger"))!, settlement, trades);
        SimulationSettings settings = new() { HasSignatures = signatures, Progress = progress };
        return SimulationRunner.Run(data, ledger, settings, cancel);
    }
}
