using Commonwatt.Ledger.Tests.Sample;

namespace Commonwatt.Ledger.Tests.Simulation;

public class CrashTests
{
    private static readonly LedgerGenesis Signed = SampleLedger.Genesis();
    private static readonly LedgerGenesis Unsigned = SampleLedger.Genesis(hasSignatures: false);

    [Fact]
    public void A_crash_at_any_operation_of_a_short_run_loses_nothing_that_was_told()
    {
        const int Steps = 60;
        var whole = new CrashingRun(Signed, stepSeed: 1, tearSeed: 0);
        Assert.False(whole.Use(Steps));
        Assert.True(whole.Told > 5);
        for (int crashAfter = 0; crashAfter < whole.DiskOperations; crashAfter++)
        {
            for (int tearSeed = 0; tearSeed < 4; tearSeed++)
            {
                Replay($"crash after {crashAfter}, tear seed {tearSeed}", () =>
                {
                    var run = new CrashingRun(Signed, stepSeed: 1, tearSeed);
                    Assert.True(run.Use(Steps, crashAfter));
                    Assert.False(run.Use(count: 3));
                    Assert.False(run.Use(count: 0));
                });
            }
        }
    }

    [Fact]
    public void Crashes_one_after_the_other_at_random_lose_nothing_that_was_told()
    {
        int told = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Replay($"seed {seed}", () =>
            {
                var random = new Random(seed);
                var run = new CrashingRun(Unsigned, stepSeed: seed, tearSeed: seed);
                for (int life = 0; life < 6; life++)
                {
                    run.Use(count: random.Next(40), crashAfter: random.Next(80));
                }

                Assert.False(run.Use(count: 0));
                told += run.Told;
            });
        }

        Assert.True(told > 1000, $"Only {told} blocks were told: the runs show nothing.");
    }

    [Fact]
    public void A_crash_while_blocks_are_sealed_in_the_background_loses_nothing_that_was_told()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Replay($"seed {seed} (the two threads race: it need not replay exactly)", () =>
            {
                var random = new Random(seed);
                var rig = new NodeRig(Unsigned);
                rig.Start(settings => settings with { SealsInBackground = true, SnapshotEvery = 5 }, inMemory: true);
                rig.Node.Drain();
                rig.Disk.CutPowerAfter(random.Next(60));
                TransactionBuilder alice = SampleLedger.Builder(Unsigned, SampleLedger.Alice);
                Assert.Throws<NodeStoppedException>(() => rig.Run(500, alice));
                rig.Node.Dispose();
                FinalBlock[] told = [.. rig.Told];
                rig.Disk = rig.Disk.AfterPowerCut(random);
                LedgerNode node = rig.Start(inMemory: true);
                Assert.True(node.Height >= told[^1].Header.Height);
                Assert.True(rig.Verify().IsRight, rig.Verify().Fault);
                rig.Stop();
            });
        }
    }

    private static void Replay(string seed, Action run)
    {
        try
        {
            run();
        }
        catch (Exception exception)
        {
            Assert.Fail($"{seed}: {exception}");
        }
    }
}
