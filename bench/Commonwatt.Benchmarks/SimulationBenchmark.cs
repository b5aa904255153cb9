using System.Diagnostics;
using System.Security.Cryptography;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Benchmarks;

/// <summary>What simulating a made-up neighbourhood took.</summary>
/// <param name="Members">How many members.</param>
/// <param name="Days">How many days of 15-minute periods.</param>
/// <param name="Signatures">Whether transactions were signed and checked.</param>
/// <param name="Transactions">How many transactions the ledger holds.</param>
/// <param name="Seconds">How long the run took, its data already made.</param>
/// <param name="PreparationSeconds">How long making up the data took.</param>
/// <param name="LedgerBytes">How large the ledger file is.</param>
/// <param name="LimitSeconds">The machine's limit in the same run: writing a file of that size and hashing it once.</param>
/// <param name="PeakMemoryBytes">The most memory that the process has used so far.</param>
public sealed record SimulationBenchmarkResult(
    int Members,
    int Days,
    bool Signatures,
    long Transactions,
    double Seconds,
    double PreparationSeconds,
    long LedgerBytes,
    double LimitSeconds,
    long PeakMemoryBytes)
{
    /// <summary>How much time one member's transaction takes, in microseconds.</summary>
    public double MicrosecondsPerTransaction => Seconds * 1_000_000 / Transactions;
}

/// <summary>Measures simulated neighbourhoods of growing size.</summary>
public static class SimulationBenchmark
{
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    /// <summary>Simulates one neighbourhood.</summary>
    /// <param name="members">How many members, 1 or more.</param>
    /// <param name="days">How many days, 1 or more.</param>
    /// <param name="signatures">Whether transactions are signed and checked.</param>
    public static SimulationBenchmarkResult Run(int members, int days, bool signatures = false)
    {
        var watch = Stopwatch.StartNew();
        CommunityData data = CommunityData.Prepare(MadeUpNeighbourhood.Create(members, days, QuarterHour)).Required();
        double preparation = watch.Elapsed.TotalSeconds;
        using var folder = new ScratchFolder();
        using FileStream settlement = File.Create(Path.Combine(folder.Path, "settlement.csv"));
        using FileStream trades = File.Create(Path.Combine(folder.Path, "trades.csv"));
        var settings = new SimulationSettings { HasSignatures = signatures };
        watch.Restart();
        SimulationResult result = SimulationRunner.Run(data, new LedgerFolder(folder.Path, settlement, trades), settings);
        double seconds = watch.Elapsed.TotalSeconds;
        long bytes = new FileInfo(Path.Combine(folder.Path, "community.ledger")).Length;
        using var process = Process.GetCurrentProcess();
        return new SimulationBenchmarkResult(
            members, days, signatures, result.Ledger.Transactions, seconds, preparation, bytes, LimitSeconds(folder, bytes), process.PeakWorkingSet64);
    }

    private static double LimitSeconds(ScratchFolder folder, long bytes)
    {
        byte[] block = new byte[1024 * 1024];
        RandomNumberGenerator.Fill(block);
        var watch = Stopwatch.StartNew();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream file = File.Create(Path.Combine(folder.Path, "limit"));
        for (long written = 0; written < bytes; written += block.Length)
        {
            hash.AppendData(block);
            file.Write(block);
        }

        file.Flush(flushToDisk: true);
        return watch.Elapsed.TotalSeconds;
    }
}
