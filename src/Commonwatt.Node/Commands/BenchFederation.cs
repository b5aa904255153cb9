using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench federation</c>: transactions made final by one validator and by four, on this machine.</summary>
internal static class BenchFederation
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Measures and writes the results, as a table or as one JSON object.</summary>
    public static void Run(TextWriter output, bool json)
    {
        FederationBenchmarkResult[] results = [FederationBenchmark.Run(validators: 1), FederationBenchmark.Run(validators: 4)];
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "federation", Results = results }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"  {"validators",10}{"transactions/s",16}{"P-256 limit/s",16}{"median",12}{"99th",12}"));
        foreach (FederationBenchmarkResult result in results)
        {
            output.WriteLine(string.Create(
                culture,
                $"  {result.Validators,10:N0}{result.TransactionsPerSecond,16:N0}{result.VerificationsPerSecond,16:N0}{result.MedianMilliseconds,9:N1} ms{result.NinetyNinthMilliseconds,9:N1} ms"));
        }
    }
}
