using System.Collections.Concurrent;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Tests.Federation;

public class CatchUpTests
{
    [Fact]
    public async Task A_node_for_which_the_order_has_lost_its_beginning_takes_the_blocks_from_a_peer()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        await rig.SendAsync(0, rig.Transfer());
        ulong height = await rig.FinalHeightAsync(0);
        using ScratchFolder scratch = new();
        var said = new ConcurrentQueue<string>();
        using LedgerHost host = Follower(rig, scratch, new LostOrder(), said);

        host.Open();
        Assert.Equal(HostPhase.CatchingUp, host.Status.Phase);
        host.Start();

        await rig.UntilAsync(() => Task.FromResult(host.Status is { Phase: HostPhase.Running, Final: { } final } && final.Height >= height), "the node did not catch up");
        Assert.Contains("The node stopped: The beginning is gone.", said);
        Assert.Contains(said, line => line.StartsWith("Took ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_follower_that_hears_no_votes_takes_the_certificates_from_a_peer()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        await rig.SendAsync(0, rig.Transfer());
        ulong height = await rig.FinalHeightAsync(0);
        using ScratchFolder scratch = new();
        var said = new ConcurrentQueue<string>();
        using var source = new HttpBlockSource(rig.Nodes[0]!.Url);
        using LedgerHost host = Follower(rig, scratch, new ReplayedOrder(source), said);

        host.Open();
        Assert.Null(host.Status.Final);
        host.Start();

        await rig.UntilAsync(() => Task.FromResult(host.Status is { Phase: HostPhase.Running, Final: { } final } && final.Height >= height), "the follower did not catch up");
        Assert.Contains(said, line => line.Contains("the first has its certificate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no block")]
    [InlineData("no signatures")]
    [InlineData("another height")]
    [InlineData("breaks off")]
    public async Task A_node_does_not_close_for_a_peer_that_only_says_that_it_is_ahead(string shown)
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        using ScratchFolder scratch = new();
        var said = new ConcurrentQueue<string>();
        using var source = new HttpBlockSource(rig.Nodes[0]!.Url);
        using LedgerHost host = Follower(rig, scratch, new ReplayedOrder(source), said, new Peer("the liar", new Liar(source, shown)));

        host.Open();
        host.Start();

        await rig.UntilAsync(() => Task.FromResult(said.Count(line => line.StartsWith("the liar says that it has block 0, and does not show it: ", StringComparison.Ordinal)) >= 2), "the liar was not asked");
        Assert.DoesNotContain(said, line => line.StartsWith("The node stopped", StringComparison.Ordinal));
        Assert.Equal(HostPhase.Running, host.Status.Phase);
    }

    [Fact]
    public async Task A_liar_does_not_hide_the_peer_that_has_the_certificate()
    {
        await using TrialRig rig = await TrialRig.StartAsync();
        ulong height = await rig.FinalHeightAsync(0);
        using ScratchFolder scratch = new();
        var said = new ConcurrentQueue<string>();
        using var source = new HttpBlockSource(rig.Nodes[0]!.Url);
        using LedgerHost host = Follower(rig, scratch, new ReplayedOrder(source), said, new Peer("the liar", new Liar(source, "nothing")), new Peer("the second", source));

        host.Open();
        host.Start();

        await rig.UntilAsync(() => Task.FromResult(host.Status is { Phase: HostPhase.Running, Final: { } final } && final.Height >= height), "the follower did not catch up");
        Assert.Contains(said, line => line.Contains("the second has its certificate", StringComparison.Ordinal));
    }

    private static LedgerHost Follower(TrialRig rig, ScratchFolder scratch, IOrderer order, ConcurrentQueue<string> said, params Peer[] peers) => new(new HostSettings
    {
        Node = new NodeSettings
        {
            Genesis = rig.Folder.Genesis,
            Catalog = CommunityRules.Catalog,
            Key = null,
            Disk = new FolderDisk(scratch.Path),
            Orderer = new NoOrder(),
            Clock = TimeProvider.System,
        },
        Connect = () => new FederationLink(order, new LocalVoteChannel().Join()),
        Folder = scratch.Path,
        Log = said.Enqueue,
        Peers = peers.Length > 0 ? peers : [new Peer("the first", new HttpBlockSource(rig.Nodes[0]!.Url))],
        PatienceWithVotes = TimeSpan.FromMilliseconds(200),
    });

    /// <summary>A peer that says it is far ahead, and shows something else than the next block with its certificate.</summary>
    private sealed class Liar(HttpBlockSource source, string shown) : IBlockSource
    {
        public ulong? FinalHeight() => ulong.MaxValue;

        public IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from) => shown switch
        {
            "no block" => [new byte[100]],
            "no signatures" => [(CertifiedBlock.Decode(source.Blocks(from).First().Span) with { Certificate = BlockCertificate.Of([]) }).ToArray()],
            "another height" => source.Blocks(from + 1),
            "breaks off" => throw new IOException("The connection broke."),
            _ => [],
        };

        public Stream? OpenSnapshot() => null;

        public IReadOnlyList<StateProof> ValidatorChanges() => [];
    }

    /// <summary>The order as a node's blocks show it.</summary>
    private sealed class ReplayedOrder(HttpBlockSource source) : IOrderer
    {
        private readonly Dictionary<ulong, ReadOnlyMemory<byte>> batches = source.Blocks(from: 1)
            .Select(bytes => CertifiedBlock.Decode(bytes.Span))
            .ToDictionary(block => block.Header.Place.Next - 1, block => block.Content);

        public void Publish(SignedBatch batch) => throw new NotSupportedException();

        public ReadOnlyMemory<byte>? Read(ulong position) => batches.TryGetValue(position, out ReadOnlyMemory<byte> batch) ? batch : default(ReadOnlyMemory<byte>?);

        public void Release(ulong position)
        {
            // All is kept.
        }
    }

    /// <summary>An order whose beginning is gone: whoever has blocks may go on behind it.</summary>
    private sealed class LostOrder : IOrderer
    {
        public void Publish(SignedBatch batch) => throw new NotSupportedException();

        public ReadOnlyMemory<byte>? Read(ulong position) => position == 0 ? throw new OrderLostException("The beginning is gone.") : null;

        public void Release(ulong position)
        {
            // Nothing is kept.
        }
    }
}
