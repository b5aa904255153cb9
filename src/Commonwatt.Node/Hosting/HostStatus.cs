using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Node.Hosting;

/// <summary>What a running node does just now.</summary>
internal enum HostPhase
{
    /// <summary>It reads its files.</summary>
    Opening,

    /// <summary>It takes part.</summary>
    Running,

    /// <summary>It lost the order of batches, or does not agree with the others, and takes blocks from them.</summary>
    CatchingUp,

    /// <summary>It cannot go on without somebody's help.</summary>
    Failed,

    /// <summary>It was stopped.</summary>
    Stopped,
}

/// <summary>How a running node stands.</summary>
/// <param name="Phase">What it does.</param>
/// <param name="ExecutedHeight">The height of its newest executed block; it may not be final yet.</param>
/// <param name="Final">Its newest final header, or null.</param>
/// <param name="Validators">The validators of the next block, or null before the node was open.</param>
/// <param name="Trouble">Why it does not run, in a sentence, or null.</param>
internal sealed record HostStatus(HostPhase Phase, ulong ExecutedHeight, BlockHeader? Final, ValidatorSet? Validators, string? Trouble);
