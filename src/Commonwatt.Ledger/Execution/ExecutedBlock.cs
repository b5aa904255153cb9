using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Merkle;

namespace Commonwatt.Ledger.Execution;

/// <summary>What executing a block gave; hashing it into a header can wait, and happen on another thread.</summary>
/// <param name="Height">The block's number.</param>
/// <param name="Time">Block time.</param>
/// <param name="Proposer">The validator whose batch it is.</param>
/// <param name="Receipts">Of the scheduled calls first, then of the transactions.</param>
/// <param name="ScheduledCount">How many of them are of scheduled calls (or of calls of the genesis).</param>
/// <param name="State">The state after the block.</param>
/// <param name="Validators">The validators whose signatures make it final.</param>
public sealed record ExecutedBlock(
    ulong Height,
    Instant Time,
    Address Proposer,
    IReadOnlyList<Receipt> Receipts,
    int ScheduledCount,
    MerkleMapVersion State,
    ValidatorSet Validators);
