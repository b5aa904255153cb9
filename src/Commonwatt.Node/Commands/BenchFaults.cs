using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Commonwatt.Faults;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench faults</c>: clusters of real nodes under seeded faults, and whether everything held that must.</summary>
internal static class BenchFaults
{
    private const int MostSeeds = 10_000_000;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Option<long?> Seeds = new("--seeds")
    {
        Description = "How many runs, one a seed [default: 1000]",
        HelpName = "N",
        CustomParser = WholeNumber.Parse,
    };

    private static readonly Option<long?> First = new("--first")
    {
        Description = "The first seed; with --seeds 1 it replays a run [default: 1]",
        HelpName = "SEED",
        CustomParser = WholeNumber.Parse,
    };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "faults",
            "Run clusters whose disks, clocks, order, network and validators fail, and check what must hold.",
            "./commonwatt bench faults --seeds 5000",
            "./commonwatt bench faults --first 42 --seeds 1")
        {
            Seeds, First, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        int seeds = Within(parsed.GetValue(Seeds) ?? 1000, "--seeds", 1, MostSeeds);
        int first = Within(parsed.GetValue(First) ?? 1, "--first", 0, int.MaxValue - MostSeeds);
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        FaultReport report = ProgressBar.During(
            streams.Error,
            "Running",
            progress => FaultSimulation.Run(first, seeds, Environment.ProcessorCount, new Share(seeds, progress)));
        if (parsed.GetValue(Json))
        {
            streams.Output.WriteLine(JsonSerializer.Serialize(
                new { Benchmark = "faults", First = first, report.Runs, Seconds = report.Elapsed.TotalSeconds, report.Counts, report.Faults }, Format));
        }
        else
        {
            Write(streams.Output, first, report);
        }

        return report.Faults.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void Write(TextWriter output, int first, FaultReport report)
    {
        FaultCounts counts = report.Counts;
        CultureInfo culture = CultureInfo.InvariantCulture;
        new Facts()
            .Add("runs", string.Create(culture, $"{report.Runs:N0}, seeds {first} to {first + report.Runs - 1}"))
            .Add("time", string.Create(culture, $"{report.Elapsed.TotalSeconds:N1} s, {report.Elapsed.TotalMilliseconds / report.Runs:N1} ms a run"))
            .Add("final blocks", string.Create(culture, $"{counts.Blocks:N0}"))
            .Add("transactions", string.Create(culture, $"{counts.Transactions:N0}"))
            .Add("scheduled calls", string.Create(culture, $"{counts.Reminders:N0}"))
            .Add("changes of validators", string.Create(culture, $"{counts.ValidatorChanges:N0}"))
            .Add("crashes", string.Create(culture, $"{counts.Crashes:N0}, {counts.CrashesAtStart:N0} of them while starting"))
            .Add("failing disks", string.Create(culture, $"{counts.DiskFailures:N0}"))
            .Add("starts from a file", string.Create(culture, $"{counts.Recoveries:N0}, {counts.RecoveriesFromSnapshot:N0} of them from a snapshot"))
            .Add("harmed snapshots", string.Create(culture, $"{counts.SnapshotsHarmed:N0}"))
            .Add("lost tails of the order", string.Create(culture, $"{counts.TailsLost:N0}"))
            .Add("lies", string.Create(culture, $"{counts.Lies:N0}"))
            .Add("caught signing twice", string.Create(culture, $"{counts.Equivocations:N0}"))
            .Add("other headers seen", string.Create(culture, $"{counts.Divergences:N0}"))
            .Add("nodes stopped", string.Create(culture, $"{counts.Stops:N0}, all where the order lied or lost what was read"))
            .Add("faults found", string.Create(culture, $"{report.Faults.Count:N0}"))
            .Write(output);
        foreach (FaultFound fault in report.Faults)
        {
            output.WriteLine();
            output.WriteLine($"seed {fault.Seed}: {fault.Sentence}");
            output.WriteLine(string.Create(culture, $"  ./commonwatt bench faults --first {fault.Seed} --seeds 1"));
        }
    }

    private static int Within(long number, string option, int least, int most) => number >= least && number <= most
        ? (int)number
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{option}: {number} is out of range: give a number from {least} to {most}."));

    private sealed class Share(int seeds, IProgress<double> whole) : IProgress<int>
    {
        public void Report(int value) => whole.Report((double)value / seeds);
    }
}
