namespace Commonwatt.Ledger.Tests.Simulation;

/// <summary>A node that is used at random, loses its power or is killed, and starts again, over and over, from seeds that replay exactly.</summary>
/// <param name="genesis">The ledger.</param>
/// <param name="stepSeed">What decides how the node is used.</param>
/// <param name="tearSeed">What decides what a crash leaves of what was not synced.</param>
internal sealed class CrashingRun(LedgerGenesis genesis, int stepSeed, int tearSeed)
{
    private const string FileName = "sample.ledger";

    private readonly Random steps = new(stepSeed);
    private readonly Random tears = new(tearSeed);
    private readonly SimulatedClock clock = new(SampleLedger.Start);
    private readonly TransactionBuilder alice = SampleLedger.Builder(genesis, SampleLedger.Alice);
    private readonly TransactionBuilder bob = SampleLedger.Builder(genesis, SampleLedger.Bob);
    private readonly Dictionary<ulong, FinalBlock> told = [];
    private readonly List<SignedTransaction> submitted = [];
    private SimulatedDisk disk = new();

    /// <summary>How many blocks were told to be final.</summary>
    public int Told => told.Count;

    /// <summary>How many changes and syncs the disk has seen since it was started last.</summary>
    public int DiskOperations => disk.Operations;

    /// <summary>Starts the node, checks what it found, and uses it, until it has done all or its machine crashes.</summary>
    /// <param name="count">How many things to do with the node.</param>
    /// <param name="crashAfter">After how many operations of the disk to crash.</param>
    /// <returns>Whether the machine crashed.</returns>
    public bool Use(int count, int crashAfter = int.MaxValue)
    {
        disk.CutPowerAfter(crashAfter);
        try
        {
            using LocalOrderer orderer = LocalOrderer.Open(disk, reserve: Pick(0, 100, 5000), releaseAbove: Pick(16, 900, 5000));
            using LedgerNode node = Start(orderer);
            for (int step = 0; step < count; step++)
            {
                Step(node);
            }
        }
        catch (PowerCutException)
        {
            disk = tears.Next(4) == 0 ? disk.AfterKill() : disk.AfterPowerCut(tears);
            return true;
        }

        return false;
    }

    private LedgerNode Start(LocalOrderer orderer)
    {
        LedgerNode node = LedgerNode.Open(new NodeSettings
        {
            Genesis = genesis,
            Catalog = SampleLedger.Catalog(),
            Key = SampleLedger.Proposer,
            Disk = disk,
            Orderer = orderer,
            Clock = clock,
            FileName = FileName,
            Reserve = Pick(0, 300, 5000),
            SnapshotEvery = Pick(0, 1, 3),
            SignatureThreads = 1,
            OnFinal = Hear,
        });
        Check(node);
        return node;
    }

    // What is told is durable, so it is never told again, and never told otherwise.
    private void Hear(FinalBlock block) =>
        Assert.True(told.TryAdd(block.Header.Height, block), $"Height {block.Header.Height} was told twice.");

    private void Check(LedgerNode node)
    {
        var blocks = new List<CertifiedBlock>();
        using IDiskFile file = disk.Open(FileName);
        RecordScan.Run(file, FileName, (_, record) => blocks.Add(CertifiedBlock.Decode(record.Span)));
        foreach ((ulong height, FinalBlock final) in told)
        {
            Assert.True(height < (ulong)blocks.Count, $"Height {height} was told and is lost.");
            Assert.Equal(final.Header, blocks[(int)height].Header);
        }

        IEnumerable<Hash> admitted = told.Values
            .SelectMany(block => block.Executed.Receipts.Skip(block.Executed.ScheduledCount))
            .Where(receipt => receipt.Outcome.Code != "nonce-used")
            .Select(receipt => receipt.Subject);
        Assert.All(admitted.CountBy(id => id), one => Assert.Equal(1, one.Value));
        IEnumerable<Hash> inChain = blocks.Skip(1).SelectMany(block => SignedBatch.Decode(block.Content.Span).Transactions).Select(one => one.Id);
        Assert.Subset(inChain.ToHashSet(), admitted.ToHashSet());

        VerificationReport report = LedgerVerifier.Verify(disk, FileName, SampleLedger.Catalog());
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal(node.Height, (ulong)blocks.Count - 1);
        Assert.Equal(node.Tip, blocks[^1].Header);
        Assert.Equal(node.State.RootHash(), blocks[^1].Header.StateRoot);
        Assert.Equal(0, SampleLedger.Token.Total(new StateView(node.State)));
    }

    private void Step(LedgerNode node)
    {
        switch (steps.Next(10))
        {
            case 0 or 1 or 2:
                submitted.Add(steps.Next(2) == 0 ? alice.Build(node.Time, Call()) : bob.Build(node.Time, Call(), Call()));
                node.Submit(submitted[^1]);
                break;
            case 3 when submitted.Count > 0:
                // Whoever does not know what became of his transaction sends it again.
                node.Submit(submitted[steps.Next(submitted.Count)]);
                break;
            case 4 or 5:
                node.Propose();
                break;
            case 6 or 7:
                node.Advance();
                break;
            case 8:
                clock.Now += TimeSpan.FromMilliseconds(steps.Next(-2000, 5000));
                break;
            default:
                while (node.Advance())
                {
                }

                break;
        }
    }

    private Call Call() => steps.Next(4) switch
    {
        0 => SampleLedger.TakeNote($"note {steps.Next()}"),
        1 => SampleLedger.Remind(clock.Now + TimeSpan.FromSeconds(steps.Next(-1, 5)), $"reminder {steps.Next()}"),
        _ => SampleLedger.Transfer(steps.Next(2) == 0 ? SampleLedger.Alice : SampleLedger.Bob, steps.Next(700)),
    };

    private int Pick(params ReadOnlySpan<int> choices) => choices[steps.Next(choices.Length)];
}
