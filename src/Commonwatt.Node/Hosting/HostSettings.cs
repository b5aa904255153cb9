using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <summary>What a running node is made of.</summary>
internal sealed record HostSettings
{
    /// <summary>The ledger node; who is told of blocks and notices is set by the host, and its orderer and votes are those of <see cref="Connect"/>.</summary>
    public required NodeSettings Node { get; init; }

    /// <summary>Connects to the order of batches and the votes, anew each time the node is opened.</summary>
    public required Func<FederationLink> Connect { get; init; }

    /// <summary>The folder that the node's disk is.</summary>
    public required string Folder { get; init; }

    /// <summary>Told, in a sentence, what whoever runs the node should know. Called from any thread.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>Told each block once it is final and durable, in order, also of those that come while the node is opened; or null. Must not wait: the ledger waits for it.</summary>
    public Action<FinalBlock>? OnFinal { get; init; }

    /// <summary>The other nodes, which blocks are taken from where the order no longer has them.</summary>
    public IReadOnlyList<Peer> Peers { get; init; } = [];

    /// <summary>Validators of today from a source that is trusted, so that a snapshot of a peer may be taken; or null.</summary>
    public TrustedValidators? Trusted { get; init; }

    /// <summary>How long executed blocks may wait for votes before peers are asked whether they have the certificates.</summary>
    public TimeSpan PatienceWithVotes { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many transactions may wait for their answer; more are turned away.</summary>
    public int MostInFlight { get; init; } = 50_000;

    /// <summary>How many final transactions are remembered.</summary>
    public int MostRemembered { get; init; } = 100_000;
}

/// <summary>Another node.</summary>
/// <param name="Name">What it is called in the log, such as its address.</param>
/// <param name="Source">Where its blocks come from.</param>
internal sealed record Peer(string Name, IBlockSource Source);
