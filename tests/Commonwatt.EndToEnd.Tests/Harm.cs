using Commonwatt.Node.Trial;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>What is done to the cluster, one thing after the other; after each the cluster is whole again.</summary>
internal sealed partial class Harm(RealCluster cluster, Load load, RecoveryTable table, Random random, ITestOutputHelper output)
{
    private const int Some = 50;

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    public async Task RunAsync()
    {
        await load.GoesOnAsync(Some, "before anything is harmed");
        for (int node = 1; node <= TrialBroker.Nodes; node++)
        {
            await KillBrokerNodeAsync(node);
        }

        foreach (Validator validator in cluster.Validators)
        {
            await KillValidatorAsync(validator);
        }

        await KillTwoBrokerNodesAsync();
        await CutLedgerAsync(cluster.Validators[1]);
        await CutVotesAsync(cluster.Validators[2]);
        await SetClocksWrongAsync(cluster.Validators[0]);
        await SignTwiceAsync(cluster.Validators[3]);
    }

    private async Task KillBrokerNodeAsync(int node)
    {
        long killed = Stopwatch.GetTimestamp();
        await cluster.Broker.KillAsync(node);
        await StaysAwayAsync(killed, $"without node {node} of the broker");
        long started = Stopwatch.GetTimestamp();
        await cluster.Broker.RestartAsync(node);
        TimeSpan back = Stopwatch.GetElapsedTime(started);
        await load.GoesOnAsync(Some, $"with node {node} of the broker back");
        table.Add($"`kill -9` of node {node} of the broker", load.LongestGap(killed), back);
    }

    private async Task KillValidatorAsync(Validator validator)
    {
        long killed = Stopwatch.GetTimestamp();
        await validator.KillAsync();
        await StaysAwayAsync(killed, $"without {validator.Name}");
        TimeSpan back = await BringBackAsync(validator);
        table.Add($"`kill -9` of {validator.Name}", load.LongestGap(killed), back);
    }

    private async Task KillTwoBrokerNodesAsync()
    {
        int[] killed = random.Next(2) == 0 ? [1, 2] : [2, 3];
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(killed.Select(cluster.Broker.KillAsync));
        ulong height = await StandstillAsync();
        int certified = load.Certified;
        await Task.Delay(Quiet, TestContext.Current.CancellationToken);
        Assert.Equal((height, certified), (await cluster.HeightAsync(), load.Certified));
        long started = Stopwatch.GetTimestamp();
        await cluster.Broker.RestartAsync(killed[0]);
        await load.GoesOnAsync(1, "with two nodes of the broker");
        TimeSpan gap = Stopwatch.GetElapsedTime(started);
        await cluster.Broker.RestartAsync(killed[1]);
        await load.GoesOnAsync(Some, "with all nodes of the broker");
        table.Add($"`kill -9` of nodes {killed[0]} and {killed[1]} of the broker at once, away for {Stopwatch.GetElapsedTime(began, started).TotalSeconds:0} s", load.LongestGap(began), gap);
    }

    // What was on its way when the majority went may still come in.
    private async Task<ulong> StandstillAsync()
    {
        ulong height = 0;
        long since = Stopwatch.GetTimestamp();
        await Watch.UntilAsync(
            async () =>
            {
                ulong now = await cluster.HeightAsync();
                if (now != height)
                {
                    height = now;
                    since = Stopwatch.GetTimestamp();
                }

                return Stopwatch.GetElapsedTime(since) > Away;
            },
            "nothing becomes final without a majority of the broker");
        return height;
    }

    private Task StaysAwayAsync(long since, string how)
    {
        int before = load.Certified;
        return Watch.UntilAsync(() => Stopwatch.GetElapsedTime(since) > Away && load.Certified > before + Some, $"the ledger goes on {how}");
    }

    private async Task<TimeSpan> BringBackAsync(Validator validator, IReadOnlyDictionary<string, string>? environment = null)
    {
        validator.Start(environment);
        TimeSpan back = await cluster.AtTipAsync(validator);
        int before = load.AnswersOf(IndexOf(validator));
        await Watch.UntilAsync(() => load.AnswersOf(IndexOf(validator)) > before, $"{validator.Name} answers clients");
        return back;
    }

    private int IndexOf(Validator validator) => cluster.Validators.ToList().IndexOf(validator);
}
