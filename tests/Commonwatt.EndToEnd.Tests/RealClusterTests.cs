namespace Commonwatt.EndToEnd.Tests;

/// <summary>A real federation under load: processes are killed, files are cut, a clock is wrong, a validator lies. Nothing that was acknowledged is lost or doubled.</summary>
public sealed class RealClusterTests
{
    [Fact]
    public async Task Whatever_is_killed_cut_or_lies_nothing_that_was_acknowledged_is_lost_or_doubled()
    {
        ITestOutputHelper output = TestContext.Current.TestOutputHelper!;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("COMMONWATT_SEED"), out int given) ? given : Random.Shared.Next();
        output.WriteLine($"Seed {seed}; COMMONWATT_SEED={seed} takes the same choices again.");
        long began = Stopwatch.GetTimestamp();
        await using RealCluster cluster = await RealCluster.StartAsync();
        output.WriteLine($"The cluster stands after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s.");
        try
        {
            using Load load = await Load.StartAsync(cluster, seed);
            var table = new RecoveryTable();
            long loaded = Stopwatch.GetTimestamp();
            var harm = new Harm(cluster, load, table, new Random(seed), output);
            await harm.RunAsync();
            await load.EndAsync();
            string text = table.ToText(load, Stopwatch.GetElapsedTime(loaded));
            await StopAsync(cluster);
            VerifiedLedger[] ledgers = [.. cluster.Validators.Select(validator => VerifiedLedger.Of(validator.LedgerFile))];
            Promises.AreTheSame(ledgers);
            Promises.AreKept(load, ledgers[0]);
            harm.LeftItsTraces(ledgers[0]);
            output.WriteLine(text);
            Write(text);
            output.WriteLine($"All was over after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; each ledger has {ledgers[0].Headers.Count:#,0} blocks.");
        }
        catch
        {
            output.WriteLine(cluster.Tails());
            throw;
        }
    }

    private static async Task StopAsync(RealCluster cluster)
    {
        foreach (Validator validator in cluster.Validators)
        {
            await cluster.AtTipAsync(validator);
        }

        foreach (Validator validator in cluster.Validators)
        {
            Assert.Equal(0, await validator.StopAsync());
            Assert.Contains("stops in good order", validator.Said, StringComparison.Ordinal);
        }
    }

    // For docs/performance.md: bench/recovery.sh prints it.
    private static void Write(string text)
    {
        if (Environment.GetEnvironmentVariable("COMMONWATT_RECOVERY") is { Length: > 0 } file)
        {
            File.WriteAllText(file, text);
        }
    }
}
