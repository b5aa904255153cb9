using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench catch-up</c>: a new node takes a ledger of four validators over from another one, by its snapshot and by executing every block.</summary>
internal static class BenchCatchUp
{
    private const int Fewest = 20_000;
    private const int Most = 100_000_000;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The verb.</summary>
    public static Verb Create()
    {
        Option<long?> transactions = new("--transactions")
        {
            Description = "How many signed transfers the ledger holds [default: 1000000]",
            HelpName = "N",
            CustomParser = WholeNumber.Parse,
        };
        transactions.Validators.Add(parsed =>
        {
            if (parsed.GetValue(transactions) is < Fewest or > Most)
            {
                parsed.AddError($"--transactions takes a number from {Fewest} to {Most}.");
            }
        });
        Option<bool> json = SharedOptions.Json();
        Verb verb = new(
            "catch-up",
            "Take a ledger of a million transactions over from another node, beside copying it and beside checking its signatures.",
            "./commonwatt bench catch-up --json",
            "./commonwatt bench catch-up --transactions 100000")
        {
            transactions,
            json,
        };
        verb.SetAction(parsed => Run(parsed.InvocationConfiguration.Output, (int)(parsed.GetValue(transactions) ?? 1_000_000), parsed.GetValue(json)));
        return verb;
    }

    private static void Run(TextWriter output, int transactions, bool json)
    {
        CatchUpBenchmarkResult result = CatchUpBenchmark.Run(transactions);
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "catch-up", Result = result }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        new Facts()
            .Add("ledger", string.Create(culture, $"{result.Transactions:N0} signed transfers in {result.Blocks:N0} blocks of {result.Validators} validators, {result.LedgerBytes / 1048576.0:N0} MiB"))
            .Add("by snapshot", string.Create(culture, $"{result.BySnapshotSeconds:N1} s until the node runs, with a snapshot of {result.SnapshotBytes / 1024.0:N0} KiB"))
            .Add("limit", string.Create(culture, $"{result.CopySeconds:N1} s to copy and hash the same bytes once"))
            .Add("by executing", string.Create(culture, $"{result.ByExecutingSeconds:N1} s until the node runs"))
            .Add("limit", string.Create(culture, $"{result.VerificationSeconds:N1} s to check its transactions' signatures on {result.Threads} threads"))
            .Write(output);
    }
}
