using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench clearing</c>: how fast orders clear, beside sorting their prices, which is the least that any clearing by price must do.</summary>
internal static class BenchClearing
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Measures and writes the results, as a table or as one JSON object.</summary>
    public static void Run(TextWriter output, bool json)
    {
        IReadOnlyList<ClearingBenchmarkResult> results = ClearingBenchmark.Run();
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "clearing", Results = results }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"  {"mechanism",-18}{"orders",12}{"trades",12}{"clearing",12}{"sorting",12}{"ratio",8}"));
        foreach (ClearingBenchmarkResult result in results)
        {
            output.WriteLine(string.Create(
                culture,
                $"  {result.Mechanism,-18}{result.Orders,12:N0}{result.Trades,12:N0}{result.ClearingMilliseconds,9:N1} ms{result.SortMilliseconds,9:N1} ms{result.Ratio,8:N2}"));
        }
    }
}
