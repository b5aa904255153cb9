using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Blocks;

/// <summary>The header that follows from an executed block: the same for everybody who executed it.</summary>
public static class HeaderRule
{
    /// <summary>Hashes an executed block into its header.</summary>
    /// <param name="genesis">The ledger.</param>
    /// <param name="parent">The header below, or null for block 0.</param>
    /// <param name="executed">What executing gave.</param>
    /// <param name="transactions">The block's transactions.</param>
    /// <param name="contentHash">What identifies the content: <see cref="SignedBatch.Digest"/>, or the ledger's id in block 0.</param>
    /// <param name="place">Where the order of batches goes on after the block.</param>
    public static BlockHeader HeaderOf(
        LedgerGenesis genesis,
        BlockHeader? parent,
        ExecutedBlock executed,
        IReadOnlyList<SignedTransaction> transactions,
        Hash contentHash,
        OrderPlace place)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        ArgumentNullException.ThrowIfNull(executed);
        ArgumentNullException.ThrowIfNull(transactions);
        return new BlockHeader(
            genesis.Id,
            executed.Height,
            parent?.HeaderHash() ?? Hash.Zero,
            executed.Time,
            executed.Proposer,
            MerkleTree.Root(TransactionLeaves(transactions)),
            MerkleTree.Root(ReceiptLeaves(executed.Receipts)),
            executed.State.RootHash(),
            executed.Validators.SetHash(),
            (uint)transactions.Count,
            (uint)executed.ScheduledCount,
            place,
            contentHash);
    }

    /// <summary>The leaves of the tree over a block's transactions.</summary>
    public static Hash[] TransactionLeaves(IReadOnlyList<SignedTransaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        var leaves = new Hash[transactions.Count];
        for (int index = 0; index < leaves.Length; index++)
        {
            leaves[index] = MerkleTree.LeafHash(transactions[index].Bytes.Span);
        }

        return leaves;
    }

    /// <summary>The leaves of the tree over a block's receipts.</summary>
    public static Hash[] ReceiptLeaves(IReadOnlyList<Receipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        var leaves = new Hash[receipts.Count];
        byte[] buffer = new byte[4096];
        for (int index = 0; index < leaves.Length; index++)
        {
            var writer = new CanonicalWriter(buffer);
            receipts[index].Write(ref writer);
            leaves[index] = MerkleTree.LeafHash(writer.Written);
        }

        return leaves;
    }
}
