
namespace Commonwatt.Ledger.Tests.Sample;

/// <summary>One node of the sample ledger on a simulated disk, to be started again at will.</summary>
internal sealed class NodeRig(LedgerGenesis? genesis = null) : IDisposable
{
    public const string FileName = "sample.ledger";

    private LocalOrderer? orderer;

    public LedgerGenesis Genesis { get; } = genesis ?? SampleLedger.Genesis(hasSignatures: false);

    public SimulatedDisk Disk { get; set; } = new();

    public SimulatedClock Clock { get; } = new(SampleLedger.Start);

    public List<FinalBlock> Told { get; } = [];

    public LedgerNode Node { get; private set; } = null!;

    public LedgerNode Start(Func<NodeSettings, NodeSettings>? change = null, bool inMemory = false)
    {
        orderer = inMemory ? null : LocalOrderer.Open(Disk, reserve: 1000);
        var settings = new NodeSettings
        {
            Genesis = Genesis,
            Catalog = SampleLedger.Catalog(),
            Key = SampleLedger.Proposer,
            Disk = Disk,
            Orderer = orderer is null ? new MemoryOrderer() : orderer,
            Clock = Clock,
            FileName = FileName,
            Reserve = 1000,
            SignatureThreads = 1,
            OnFinal = Told.Add,
        };
        Node = LedgerNode.Open(change?.Invoke(settings) ?? settings);
        return Node;
    }

    /// <summary>Makes blocks of one note each, a second apart.</summary>
    public void Run(int blocks, TransactionBuilder sender)
    {
        for (int block = 0; block < blocks; block++)
        {
            Clock.Now += TimeSpan.FromSeconds(1);
            Assert.True(Node.Submit(sender.Build(Clock.Now, SampleLedger.TakeNote($"note {block}"), SampleLedger.Transfer(SampleLedger.Bob, 1))).IsDone);
            Assert.True(Node.Propose());
            Assert.True(Node.Advance());
            Assert.False(Node.Advance());
        }
    }

    /// <summary>Stops in good order.</summary>
    public void Stop()
    {
        Node.Dispose();
        orderer?.Dispose();
    }

    public VerificationReport Verify() => LedgerVerifier.Verify(Disk, FileName, SampleLedger.Catalog());

    public void Dispose() => Stop();
}
