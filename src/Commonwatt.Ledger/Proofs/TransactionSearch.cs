using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Looks for a transaction in blocks as they are executed again: receipts are stored nowhere.</summary>
/// <param name="id">The transaction's id.</param>
public sealed class TransactionSearch(Hash id)
{
    /// <summary>The proof of the transaction, or null while it has not been seen.</summary>
    /// <remarks>
    /// A transaction may stand in several blocks, for its sender repeats it until he holds a certificate. The receipt that
    /// counts is that of the block which admitted it and used its nonce; where none did, the first one is given.
    /// </remarks>
    public TransactionProof? Found { get; private set; }

    /// <summary>Looks through one block.</summary>
    public void Look(VerifiedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        for (int index = 0; index < block.Transactions.Count; index++)
        {
            if (block.Transactions[index].Id == id && (Found is null || (!IsAdmitted(Found) && IsAdmitted(block, index))))
            {
                Found = TransactionProof.Of(block, index);
            }
        }
    }

    private static bool IsAdmitted(TransactionProof proof) => TransactionAdmission.IsAdmitted(proof.Receipt.Outcome);

    private static bool IsAdmitted(VerifiedBlock block, int index) =>
        TransactionAdmission.IsAdmitted(block.Executed.Receipts[block.Executed.ScheduledCount + index].Outcome);
}
