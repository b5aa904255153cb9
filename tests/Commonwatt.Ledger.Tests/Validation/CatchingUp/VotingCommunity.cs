using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Tests.Sample;
using Commonwatt.Ledger.Tests.Simulation;

namespace Commonwatt.Ledger.Tests.Validation.CatchingUp;

/// <summary>Five nodes that vote, of which four are validators at the beginning, with a history on their disks.</summary>
internal sealed class VotingCommunity : IDisposable
{
    public const string FileName = "sample.ledger";

    private readonly SharedOrderer order = new(new MemoryOrderer());
    private readonly LocalVoteChannel channel = new();
    private readonly SimulatedClock clock = new(SampleLedger.Start);
    private readonly TransactionBuilder alice;
    private readonly LedgerNode[] nodes;

    public VotingCommunity(bool hasSignatures = false, int snapshotEvery = 0)
    {
        Genesis = SampleLedger.Genesis(hasSignatures, [.. Keys.Take(4)]);
        alice = SampleLedger.Builder(Genesis, SampleLedger.Alice);
        Disks = [.. Keys.Select(_ => new SimulatedDisk())];
        nodes = [.. Keys.Select((key, index) => LedgerNode.Open(Settings(Disks[index], key) with { Orderer = order.Join(), SnapshotEvery = snapshotEvery }))];
        Settle();
    }

    public static SigningKey[] Keys { get; } = [.. Enumerable.Range(0, 5).Select(index => SigningKey.FromSeed($"voter {index}"))];

    public LedgerGenesis Genesis { get; }

    public SimulatedDisk[] Disks { get; }

    public IReadOnlyList<LedgerNode> Nodes => nodes;

    /// <summary>A history of 24 blocks: the fourth validator goes for the fifth, then the second comes back for the first.</summary>
    public static VotingCommunity WithHistory(bool hasSignatures = false, int snapshotEvery = 10)
    {
        var community = new VotingCommunity(hasSignatures, snapshotEvery);
        community.Run(5);
        community.Add(0, SampleLedger.SetValidators(Keys[0], Keys[1], Keys[2], Keys[4]));
        community.Run(8);
        community.Add(0, SampleLedger.SetValidators(Keys[0], Keys[2], Keys[3], Keys[4]));
        community.Run(9);
        community.Stop();
        return community;
    }

    public NodeSettings Settings(IDisk disk, SigningKey? key = null) => new()
    {
        Genesis = Genesis,
        Catalog = SampleLedger.Catalog(),
        Key = key,
        Disk = disk,
        Orderer = new MemoryOrderer(),
        Votes = channel.Join(),
        Clock = clock,
        FileName = FileName,
        Reserve = 1000,
        SignatureThreads = 1,
    };

    /// <summary>Blocks of one note each.</summary>
    public void Run(int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            Add(0, SampleLedger.TakeNote($"note {block}"), SampleLedger.Transfer(SampleLedger.Bob, 1));
        }
    }

    public void Add(int proposer, params Call[] calls)
    {
        clock.Now += TimeSpan.FromSeconds(1);
        ulong height = nodes[0].Height + 1;
        Assert.True(nodes[proposer].Submit(alice.Build(clock.Now, calls)).IsDone);
        Assert.True(nodes[proposer].Propose());
        Settle();
        Assert.All(nodes, node => Assert.Equal(height, node.FinalHeight));
    }

    public void Stop() => Array.ForEach(nodes, node => node.Dispose());

    public void Dispose() => Stop();

    public static List<byte[]> Records(IDisk disk)
    {
        var records = new List<byte[]>();
        using IDiskFile file = disk.Open(FileName);
        RecordScan.Run(file, FileName, (_, record) => records.Add(record.ToArray()));
        return records;
    }

    private void Settle()
    {
        for (int round = 0; round < 6; round++)
        {
            Array.ForEach(nodes, node => node.Advance());
        }
    }
}
