using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Verification;

/// <summary>A block of a ledger file that was executed again and found right.</summary>
/// <param name="Certified">Its header and certificate.</param>
/// <param name="Executed">What executing it again gave: receipts and the state after it.</param>
/// <param name="Transactions">Its transactions in order.</param>
/// <param name="Genesis">What the block's ledger started with.</param>
public sealed record VerifiedBlock(CertifiedHeader Certified, ExecutedBlock Executed, IReadOnlyList<SignedTransaction> Transactions, LedgerGenesis Genesis);
