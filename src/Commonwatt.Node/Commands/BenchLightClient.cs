using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench light-client</c>: a year of hourly headers followed by their certificates alone, for one validator and for several, on one thread and on two.</summary>
internal static class BenchLightClient
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly int[] Threads = [1, 2];

    /// <summary>Measures and writes the results, as a table or as one JSON object.</summary>
    public static void Run(TextWriter output, bool json)
    {
        LightClientBenchmarkResult[] results = [.. LightClientBenchmark.Run(validators: 1, Threads), .. LightClientBenchmark.Run(validators: 4, Threads)];
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "light-client", Results = results }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"  {"validators",10}{"signatures",12}{"headers",10}{"threads",9}{"followed",12}{"limit",12}"));
        foreach (LightClientBenchmarkResult result in results)
        {
            output.WriteLine(string.Create(
                culture,
                $"  {result.Validators,10:N0}{result.Signatures,12:N0}{result.Headers,10:N0}{result.Threads,9:N0}{result.Milliseconds,9:N0} ms{result.LimitMilliseconds,9:N0} ms"));
        }
    }
}
