using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench ledger</c>: signed transactions made final in a second, beside the signatures the machine can check in a second.</summary>
internal static class BenchLedger
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Measures and writes the results, as a table or as one JSON object.</summary>
    public static void Run(TextWriter output, bool json)
    {
        LedgerBenchmarkResult result = LedgerBenchmark.Run();
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "ledger", Result = result }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        new Facts()
            .Add("transactions", string.Create(culture, $"{result.Transactions:N0} signed transfers in {result.Blocks:N0} blocks"))
            .Add("signed, durable", string.Create(culture, $"{result.TransactionsPerSecond:N0} transactions/s"))
            .Add("limit", string.Create(culture, $"{result.VerificationsPerSecond:N0} P-256 verifications/s on {result.Threads} threads"))
            .Add("share of the limit", string.Create(culture, $"{result.ShareOfLimit * 100:N0}%"))
            .Add("in the file", string.Create(culture, $"{result.BytesPerTransaction:N0} bytes a transaction"))
            .Add("sync of 4 KiB", string.Create(culture, $"{result.SyncMilliseconds:N2} ms"))
            .Write(output);
    }
}
