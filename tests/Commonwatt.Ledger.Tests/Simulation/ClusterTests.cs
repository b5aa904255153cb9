namespace Commonwatt.Ledger.Tests.Simulation;

/// <summary>Clusters of real nodes under every fault the ledger promises to bear; <c>./commonwatt bench faults</c> runs more seeds.</summary>
public class ClusterTests
{
    [Fact]
    public void Whatever_fails_no_two_blocks_are_final_at_one_height_and_nothing_told_is_lost_or_doubled()
    {
        FaultReport report = FaultSimulation.Run(first: 1, count: 2500, threads: Environment.ProcessorCount);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(report.Faults.Count == 0, string.Join('\n', report.Faults.Take(10).Select(fault => $"seed {fault.Seed}: {fault.Sentence}")));
        Assert.True(report.Counts.Blocks > 5 * report.Runs, $"Only {report.Counts.Blocks} blocks became final: the runs show nothing.");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            FaultRunResult first = Run(seed);
            FaultRunResult again = Run(seed);
            Assert.Equal(first.Counts, again.Counts);

            // Signatures differ each time, and headers with the transactions that hold them.
            Assert.True(first.HasSignatures || first.Tip == again.Tip, $"seed {seed}: {first.Tip} and then {again.Tip}");
        }
    }

    [Fact]
    public void Everything_that_may_go_wrong_does()
    {
        FaultCounts counts = FaultSimulation.Run(first: 1, count: 60, threads: Environment.ProcessorCount).Counts;
        Assert.All(
            typeof(FaultCounts).GetProperties(),
            property => Assert.True((long)property.GetValue(counts)! > 0, $"{property.Name}: it never happened, so nothing is shown about it."));
    }

    private static FaultRunResult Run(int seed)
    {
        var run = new FaultRun(seed);
        run.Run();
        return run.Result;
    }
}
