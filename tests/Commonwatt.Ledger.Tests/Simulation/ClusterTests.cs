namespace Commonwatt.Ledger.Tests.Simulation;

/// <summary>Clusters of real nodes under every fault the ledger promises to bear; <c>./commonwatt bench faults</c> runs more seeds.</summary>
public class ClusterTests
{
    [Fact]
    public void Whatever_fails_no_two_blocks_are_final_at_one_height_and_nothing_told_is_lost_or_doubled()
    {
        FaultReport report = FaultSimulation.Run(first: 1, count: 300, threads: Environment.ProcessorCount);
        Assert.True(report.Faults.Count == 0, string.Join('\n', report.Faults.Take(10).Select(fault => $"seed {fault.Seed}: {fault.Sentence}")));
        Assert.True(report.Blocks > 5 * report.Runs, $"Only {report.Blocks} blocks became final: the runs show nothing.");
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
    }
}
