using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Trial;

namespace Commonwatt.Node.Tests.Federation;

public class PatienceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_node_that_begins_gives_votes_their_time_before_it_asks_its_peers_for_certificates()
    {
        using ScratchFolder scratch = new();
        var folder = TrialFolder.Open(scratch.File("trial"), validators: 4, followers: 1, TimeProvider.System);
        var clock = new TickingClock();
        var peer = new AskedPeer(clock);
        using var host = new LedgerHost(new HostSettings
        {
            Node = new NodeSettings
            {
                Genesis = folder.Genesis,
                Catalog = CommunityRules.Catalog,
                Key = null,
                Disk = new FolderDisk(scratch.File("node")),
                Orderer = new NoOrder(),
                Clock = clock,
            },
            Connect = () => new FederationLink(new EmptyOrder(clock), new LocalVoteChannel().Join()),
            Folder = scratch.File("node"),
            Log = _ => { },
            Peers = [new Peer("the first", peer)],
            PatienceWithVotes = Patience,
        });

        host.Open();
        TimeSpan began = clock.Time;
        host.Start();

        Assert.InRange(await peer.Asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken) - began, Patience, 2 * Patience);
    }

    /// <summary>The clock of a machine that has run for a day.</summary>
    private sealed class TickingClock : TimeProvider
    {
        public TimeSpan Time { get; private set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Time.Ticks;

        public void Tick() => Time += TimeSpan.FromSeconds(1);
    }

    /// <summary>An order without batches; a second passes with each look at it.</summary>
    private sealed class EmptyOrder(TickingClock clock) : IOrderer
    {
        public void Publish(SignedBatch batch) => throw new NotSupportedException();

        public ReadOnlyMemory<byte>? Read(ulong position)
        {
            clock.Tick();
            return null;
        }

        public void Release(ulong position)
        {
            // Nothing is kept.
        }
    }

    /// <summary>A peer that has no block, and remembers when it was asked first.</summary>
    private sealed class AskedPeer(TickingClock clock) : IBlockSource
    {
        private readonly TaskCompletionSource<TimeSpan> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> Asked => asked.Task;

        public ulong? FinalHeight()
        {
            asked.TrySetResult(clock.Time);
            return null;
        }

        public IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from) => [];

        public Stream? OpenSnapshot() => null;

        public IReadOnlyList<StateProof> ValidatorChanges() => [];
    }
}
