using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench simulate</c>: a week of neighbourhoods of growing size, and a year of a hundred members, at 15 minutes.</summary>
internal static class BenchSimulate
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // From the smallest to the largest: the peak of memory that the process reports can only grow.
    private static readonly (int Members, int Days, bool Signatures)[] Runs =
    [
        (10, 7, false),
        (10, 7, false),
        (30, 7, false),
        (100, 7, false),
        (100, 7, true),
        (300, 7, false),
        (1000, 7, false),
        (100, 365, false),
    ];

    /// <summary>Measures and writes the results, as a table or as one JSON object.</summary>
    public static void Run(TextWriter output, bool json)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (!json)
        {
            output.WriteLine($"  {"members",8}{"days",6}{"signed",8}{"transactions",14}{"seconds",10}{"limit",9}{"us/tx",8}{"ledger",10}{"peak",10}");
        }

        var results = new List<SimulationBenchmarkResult>();
        for (int index = 0; index < Runs.Length; index++)
        {
            (int members, int days, bool signatures) = Runs[index];
            SimulationBenchmarkResult result = SimulationBenchmark.Run(members, days, signatures);

            // The first run is there to compile the code.
            if (index == 0)
            {
                continue;
            }

            results.Add(result);
            if (!json)
            {
                output.WriteLine(string.Create(
                    culture,
                    $"  {members,8:N0}{days,6:N0}{(signatures ? "yes" : "no"),8}{result.Transactions,14:N0}{result.Seconds,10:N2}{result.LimitSeconds,9:N2}{result.MicrosecondsPerTransaction,8:N1}{Mebibytes(result.LedgerBytes),6:N0} MiB{Mebibytes(result.PeakMemoryBytes),6:N0} MiB"));
            }
        }

        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "simulate", Results = results }, Format));
        }
    }

    private static double Mebibytes(long bytes) => bytes / (1024.0 * 1024.0);
}
