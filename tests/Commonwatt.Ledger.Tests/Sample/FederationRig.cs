namespace Commonwatt.Ledger.Tests.Sample;

/// <summary>Several validators of the sample ledger in one process, with one order and one channel for votes.</summary>
internal sealed class FederationRig : IDisposable
{
    private readonly LocalVoteChannel channel = new();

    public FederationRig(int validators, params int[] down)
    {
        Keys = [.. Enumerable.Range(0, validators).Select(number => SigningKey.FromSeed($"validator/{number}"))];
        Genesis = SampleLedger.Genesis(hasSignatures: true, Keys);
        Order = new SharedOrderer(new MemoryOrderer());
        Disks = [.. Keys.Select(_ => new SimulatedDisk())];
        Nodes = new LedgerNode?[validators];
        Told = [.. Keys.Select(_ => new List<FinalBlock>())];
        for (int number = 0; number < validators; number++)
        {
            if (!down.Contains(number))
            {
                Start(number);
            }
        }
    }

    public SigningKey[] Keys { get; }

    public LedgerGenesis Genesis { get; }

    public SharedOrderer Order { get; }

    public SimulatedDisk[] Disks { get; }

    public LedgerNode?[] Nodes { get; }

    public List<FinalBlock>[] Told { get; }

    public List<FinalityNotice> Notices { get; } = [];

    public SimulatedClock Clock { get; } = new(SampleLedger.Start);

    public LocalVoteChannel Channel => channel;

    public LedgerNode Start(int number, SigningKey? key = null, bool isFollower = false, Func<NodeSettings, NodeSettings>? change = null)
    {
        NodeSettings settings = SettingsOf(number) with { Key = isFollower ? null : key ?? Keys[number] };
        LedgerNode node = LedgerNode.Open(change is null ? settings : change(settings));
        Nodes[number] = node;
        return node;
    }

    public NodeSettings SettingsOf(int number) => new()
    {
        Genesis = Genesis,
        Catalog = SampleLedger.Catalog(),
        Key = Keys[number],
        Disk = Disks[number],
        Orderer = Order.Join(),
        Votes = channel.Join(),
        Clock = Clock,
        FileName = NodeRig.FileName,
        Reserve = 1000,
        SignatureThreads = 1,
        OnFinal = block => Told[number].Add(block),
        OnNotice = Notices.Add,
    };

    public void Stop(int number)
    {
        Nodes[number]?.Dispose();
        Nodes[number] = null;
    }

    /// <summary>Lets everybody work for a while, in turns.</summary>
    public void Run(int rounds = 8)
    {
        for (int round = 0; round < rounds; round++)
        {
            Clock.Now += TimeSpan.FromMilliseconds(300);
            foreach (LedgerNode node in Nodes.OfType<LedgerNode>())
            {
                node.Propose();
                while (node.Advance())
                {
                }
            }
        }
    }

    /// <summary>What was said since one listened last.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Messages(IVoteChannel listener)
    {
        while (listener.Receive() is { } message)
        {
            yield return message;
        }
    }

    /// <summary>The votes among what was said since one listened last.</summary>
    public IReadOnlyList<Vote> Votes(IVoteChannel listener) =>
        [.. Messages(listener).Select(message => FinalityMessage.Decode(message.Span, Genesis.Id)?.Vote).OfType<Vote>()];

    public void Dispose()
    {
        for (int number = 0; number < Nodes.Length; number++)
        {
            Stop(number);
        }
    }
}
