using System.Runtime.ExceptionServices;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Ledger.Validation;

/// <summary>A block above the genesis as it was read, with all done that needs no other block: by far the most work there is.</summary>
/// <param name="Bytes">The encoded block.</param>
/// <param name="Block">The block.</param>
/// <param name="Batch">Its content.</param>
/// <param name="TransactionsRoot">The root over the transactions of the batch.</param>
/// <param name="IsSigned">For each transaction whether its signature is valid; false where nobody asked for it.</param>
internal sealed record PreparedBlock(byte[] Bytes, CertifiedBlock Block, SignedBatch Batch, Hash TransactionsRoot, bool[] IsSigned)
{
    /// <summary>The header.</summary>
    public BlockHeader Header => Block.Header;

    /// <summary>The header and its certificate.</summary>
    public CertifiedHeader Certified => new(Block.Header, Block.Certificate);

    /// <summary>Prepares blocks on several threads and gives them out in their order.</summary>
    /// <param name="encoded">The encoded blocks. If reading them fails, those read before are given out first.</param>
    /// <param name="checksSignatures">Whether the signatures of transactions are checked.</param>
    /// <param name="threads">On how many threads.</param>
    /// <exception cref="MalformedBytesException">At its turn, something is no block.</exception>
    public static IEnumerable<PreparedBlock> InOrder(IEnumerable<ReadOnlyMemory<byte>> encoded, bool checksSignatures, int threads)
    {
        using IEnumerator<ReadOnlyMemory<byte>> blocks = encoded.GetEnumerator();
        var waiting = new Queue<Task<PreparedBlock>>();
        ExceptionDispatchInfo? failure = null;
        bool goesOn = true;
        while (true)
        {
            while (goesOn && waiting.Count < threads * 2)
            {
                failure = TryNext(blocks, out goesOn);
                if (goesOn)
                {
                    // Whoever gave the bytes may use their place again.
                    byte[] bytes = blocks.Current.ToArray();
                    waiting.Enqueue(Start(() => Prepare(bytes, checksSignatures), threads));
                }
            }

            if (!waiting.TryDequeue(out Task<PreparedBlock>? first))
            {
                failure?.Throw();
                yield break;
            }

            yield return first.GetAwaiter().GetResult();
        }
    }

    /// <summary>Checks what a block says of itself against its content and the block below.</summary>
    /// <param name="parent">The header below.</param>
    /// <param name="validators">The validators of the block's height.</param>
    /// <param name="ledgerId">The ledger.</param>
    /// <returns>Null where it is right, or the rest of a sentence that says why not. The certificate is not looked at.</returns>
    public string? FindFault(BlockHeader parent, ValidatorSet validators, Hash ledgerId)
    {
        ulong height = parent.Height + 1;
        return Header.Height != height ? $"a block of height {Header.Height} stands where that of height {height} belongs."
            : Header.LedgerId != ledgerId || Batch.LedgerId != ledgerId ? $"block {height} is of another ledger."
            : Header.ParentHash != parent.HeaderHash() ? $"block {height} does not follow the block below it."
            : !Header.Place.IsAfter(parent.Place) ? $"the batch of block {height} does not stand after that of the block below in the order of batches."
            : validators.Find(Batch.Proposer) is not { } proposer || !Batch.IsSignedBy(proposer.Key) ? $"the batch of block {height} is not signed by a validator of that height."
            : Header.TransactionsRoot != TransactionsRoot || Header.TransactionCount != (uint)Batch.Transactions.Count ? $"the transactions of block {height} are not those of its header."
            : Header.ContentHash != Batch.Digest ? $"the batch of block {height} is not that of its header."
            : Header.Proposer != Batch.Proposer ? $"the batch of block {height} is of another proposer than its header says."
            : null;
    }

    private static ExceptionDispatchInfo? TryNext(IEnumerator<ReadOnlyMemory<byte>> blocks, out bool goesOn)
    {
        goesOn = false;
        try
        {
            goesOn = blocks.MoveNext();
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    // What goes wrong is told when it is the block's turn, on one thread as on several.
    private static Task<PreparedBlock> Start(Func<PreparedBlock> prepare, int threads)
    {
        var work = new Task<PreparedBlock>(prepare);
        if (threads > 1)
        {
            work.Start(TaskScheduler.Default);
        }
        else
        {
            work.RunSynchronously(TaskScheduler.Default);
        }

        return work;
    }

    private static PreparedBlock Prepare(byte[] bytes, bool checksSignatures)
    {
        var block = CertifiedBlock.Decode(bytes);
        var batch = SignedBatch.Decode(block.Content.Span);
        bool[] signed = checksSignatures ? SignatureChecks.Run(batch.Transactions, threads: 1) : new bool[batch.Transactions.Count];
        return new PreparedBlock(bytes, block, batch, MerkleTree.Root(HeaderRule.TransactionLeaves(batch.Transactions)), signed);
    }
}
