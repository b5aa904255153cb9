using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Verification;
using Google.Protobuf;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Shows that a transaction stands in a final block, and what became of it there.</summary>
/// <param name="Block">The block's header and certificate.</param>
/// <param name="Index">The transaction's place in the block, from 0.</param>
/// <param name="Transaction">The transaction as it was sent.</param>
/// <param name="TransactionPath">The hashes from its leaf to the transactions root.</param>
/// <param name="Receipt">Its receipt.</param>
/// <param name="ReceiptPath">The hashes from the receipt's leaf to the receipts root.</param>
public sealed record TransactionProof(
    CertifiedHeader Block,
    uint Index,
    SignedTransaction Transaction,
    IReadOnlyList<Hash> TransactionPath,
    Receipt Receipt,
    IReadOnlyList<Hash> ReceiptPath) : LedgerProof(Block)
{
    /// <summary>Makes the proof of a transaction of a block.</summary>
    /// <param name="block">The block, executed again and found right.</param>
    /// <param name="index">The transaction's place in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block has no such transaction.</exception>
    public static TransactionProof Of(VerifiedBlock block, int index)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Of(block.Certified, block.Executed.Receipts, block.Transactions, index);
    }

    /// <summary>Makes the proof of a transaction from what a block holds, which may come from anywhere: the roots of the header show whether it is right.</summary>
    /// <param name="block">The block's header and certificate.</param>
    /// <param name="receipts">Its receipts: of scheduled calls first, then of the transactions.</param>
    /// <param name="transactions">Its transactions.</param>
    /// <param name="index">The transaction's place among them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such transaction.</exception>
    public static TransactionProof Of(CertifiedHeader block, IReadOnlyList<Receipt> receipts, IReadOnlyList<SignedTransaction> transactions, int index)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        ArgumentNullException.ThrowIfNull(transactions);
        int place = receipts.Count - transactions.Count + index;
        InclusionProof transaction = MerkleTree.Prove(HeaderRule.TransactionLeaves(transactions), index);
        InclusionProof receipt = MerkleTree.Prove(HeaderRule.ReceiptLeaves(receipts), place);
        return new TransactionProof(block, (uint)index, transactions[index], transaction.Path, receipts[place], receipt.Path);
    }

    internal static TransactionProof Read(Wire.Proofs.TransactionProof message) => new(
        CertifiedHeader.Read(message.Block),
        message.Index,
        SignedTransaction.Decode(message.Transaction.Span),
        ProofFile.ReadPath(message.TransactionPath),
        CanonicalReader.Decode<Receipt>(message.Receipt.Span),
        ProofFile.ReadPath(message.ReceiptPath));

    /// <inheritdoc/>
    internal override string? FindFault()
    {
        // The sizes of both trees are the header's, and so both places follow from one: a receipt cannot be another transaction's.
        BlockHeader header = Block.Header;
        long receipts = (long)header.ScheduledCount + header.TransactionCount;
        if (Index >= header.TransactionCount || receipts > int.MaxValue)
        {
            return $"The block has {header.TransactionCount} transactions and {receipts} receipts: it cannot have a transaction {Index}, counted from 0.";
        }

        var transaction = new InclusionProof((int)Index, (int)header.TransactionCount, TransactionPath);
        if (!transaction.Verify(MerkleTree.LeafHash(Transaction.Bytes.Span), header.TransactionsRoot))
        {
            return $"The transaction is not number {Index} of the block's: its path does not lead to the transactions root of the header.";
        }

        var receipt = new InclusionProof((int)(header.ScheduledCount + Index), (int)receipts, ReceiptPath);
        if (!receipt.Verify(MerkleTree.LeafHash(CanonicalWriter.Encode(Receipt)), header.ReceiptsRoot))
        {
            return "The receipt is not the one at the transaction's place: its path does not lead to the receipts root of the header.";
        }

        return Receipt.Origin == CallOrigin.Transaction && Receipt.Subject == Transaction.Id
            ? null
            : $"The receipt is of {Receipt.Subject}, not of the transaction {Transaction.Id}.";
    }

    internal override Wire.Proofs.Proof ToMessage() => new()
    {
        Transaction = new Wire.Proofs.TransactionProof
        {
            Block = Block.ToMessage(),
            Index = Index,
            Transaction = UnsafeByteOperations.UnsafeWrap(Transaction.Bytes),
            TransactionPath = { TransactionPath.Select(ProofFile.Bytes) },
            Receipt = UnsafeByteOperations.UnsafeWrap(CanonicalWriter.Encode(Receipt)),
            ReceiptPath = { ReceiptPath.Select(ProofFile.Bytes) },
        },
    };
}
