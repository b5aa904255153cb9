using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Verification;
using Google.Protobuf;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Shows a receipt of a final block, and with it the events it holds: of a scheduled call, which has no transaction, or of any other.</summary>
/// <param name="Block">The block's header and certificate.</param>
/// <param name="Index">The receipt's place in the block, from 0: those of scheduled calls first, then those of the transactions.</param>
/// <param name="Receipt">The receipt.</param>
/// <param name="ReceiptPath">The hashes from its leaf to the receipts root.</param>
public sealed record ReceiptProof(CertifiedHeader Block, uint Index, Receipt Receipt, IReadOnlyList<Hash> ReceiptPath) : LedgerProof(Block)
{
    /// <summary>Makes the proof of a receipt of a block.</summary>
    /// <param name="block">The block, executed again and found right.</param>
    /// <param name="index">The receipt's place in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block has no such receipt.</exception>
    public static ReceiptProof Of(VerifiedBlock block, int index)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Of(block.Certified, block.Executed.Receipts, index);
    }

    /// <summary>Makes the proof of a receipt from what a block holds, which may come from anywhere: the roots of the header show whether it is right.</summary>
    /// <param name="block">The block's header and certificate.</param>
    /// <param name="receipts">Its receipts: of scheduled calls first, then of the transactions.</param>
    /// <param name="index">The receipt's place among them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such receipt.</exception>
    public static ReceiptProof Of(CertifiedHeader block, IReadOnlyList<Receipt> receipts, int index)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        InclusionProof receipt = MerkleTree.Prove(HeaderRule.ReceiptLeaves(receipts), index);
        return new ReceiptProof(block, (uint)index, receipts[index], receipt.Path);
    }

    internal static ReceiptProof Read(Wire.Proofs.ReceiptProof message) => new(
        CertifiedHeader.Read(message.Block),
        message.Index,
        CanonicalReader.Decode<Receipt>(message.Receipt.Span),
        ProofFile.ReadPath(message.ReceiptPath));

    /// <inheritdoc/>
    internal override string? FindFault()
    {
        BlockHeader header = Block.Header;
        long receipts = (long)header.ScheduledCount + header.TransactionCount;
        if (Index >= receipts || receipts > int.MaxValue)
        {
            return $"The block has {receipts} receipts: it cannot have a receipt {Index}, counted from 0.";
        }

        var receipt = new InclusionProof((int)Index, (int)receipts, ReceiptPath);
        if (!receipt.Verify(MerkleTree.LeafHash(CanonicalWriter.Encode(Receipt)), header.ReceiptsRoot))
        {
            return $"The receipt is not number {Index} of the block's: its path does not lead to the receipts root of the header.";
        }

        CallOrigin origin = Index >= header.ScheduledCount ? CallOrigin.Transaction : header.Height == 0 ? CallOrigin.Genesis : CallOrigin.Schedule;
        return Receipt.Origin == origin ? null : $"The receipt names another origin than its place in the block has: {Receipt.Origin}, not {origin}.";
    }

    internal override Wire.Proofs.Proof ToMessage() => new()
    {
        Receipt = new Wire.Proofs.ReceiptProof
        {
            Block = Block.ToMessage(),
            Index = Index,
            Receipt = UnsafeByteOperations.UnsafeWrap(CanonicalWriter.Encode(Receipt)),
            ReceiptPath = { ReceiptPath.Select(ProofFile.Bytes) },
        },
    };
}
