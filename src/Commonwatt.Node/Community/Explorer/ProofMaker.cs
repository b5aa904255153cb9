using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Commands;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Projections;
using Microsoft.Extensions.Caching.Memory;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>Makes proofs that somebody checks without the ledger. A few at a time: each hashes a whole block.</summary>
/// <param name="tables">The tables. Receipts are put together from them, and nobody need trust them for it: the header's root shows whether they are right.</param>
/// <param name="blocks">The ledger's file.</param>
/// <param name="projector">Where the newest state is.</param>
internal sealed class ProofMaker(CommunityTables tables, ILedgerBlocks blocks, Projector projector) : IDisposable
{
    private const int MostAtOnce = 2;
    private const int MostWaiting = 32;
    private const long MostBytesKept = 16 * 1024 * 1024;

    private readonly SemaphoreSlim turns = new(MostAtOnce);
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostBytesKept });
    private int waiting;
    private LedgerMoment? replayed;

    /// <summary>The proof of a transaction and one receipt of it. A transaction may have several, so that what is kept is kept by its place.</summary>
    /// <exception cref="TooManyProofsException">Too many are asked for at once.</exception>
    public Task<byte[]?> OfTransactionAsync(ReceiptRow row, CancellationToken cancel) =>
        MakeAsync((row.Id, row.Height, row.Place), cancel, () => OfTransaction((ulong)row.Height, (int)row.Place));

    /// <summary>The proof of the receipt that holds an event, or null where there is no such event.</summary>
    /// <exception cref="TooManyProofsException">Too many are asked for at once.</exception>
    public Task<byte[]?> OfEventAsync(long height, long place, CancellationToken cancel) => MakeAsync((height, place), cancel, () =>
        tables.Read(now => now.Find<long?>("SELECT receipt FROM events WHERE height = @height AND place = @place", new { height, place })) is { } receipt
            ? OfReceipt((ulong)height, (int)receipt)
            : null);

    /// <summary>The proof of an account after the newest block, or of its absence.</summary>
    /// <exception cref="TooManyProofsException">Too many are asked for at once.</exception>
    public Task<byte[]?> OfAccountAsync(Address holder, CancellationToken cancel) => MakeAsync((holder, projector.Status.Height), cancel, () =>
    {
        LedgerMoment moment = Newest();
        CertifiedBlock block = blocks.BlockAt(moment.Header.Height);
        return StateProof.Of(new CertifiedHeader(block.Header, block.Certificate), moment.State, AccountEntry.KeyOf(holder));
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        turns.Dispose();
        kept.Dispose();
    }

    private async Task<byte[]?> MakeAsync(object key, CancellationToken cancel, Func<LedgerProof?> make)
    {
        if (kept.TryGetValue(key, out byte[]? known))
        {
            return known;
        }

        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new TooManyProofsException();
        }

        try
        {
            await turns.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            return make() is { } proof ? Keep(key, ProofFile.Encode(proof)) : null;
        }
        finally
        {
            turns.Release();
        }
    }

    private byte[] Keep(object key, byte[] proof) => kept.Set(key, proof, new MemoryCacheEntryOptions { Size = proof.Length });

    private TransactionProof OfTransaction(ulong height, int place)
    {
        CertifiedBlock block = blocks.BlockAt(height);
        IReadOnlyList<SignedTransaction> transactions = SignedBatch.Decode(block.Content.Span).Transactions;
        IReadOnlyList<Receipt> receipts = ReceiptsOf(block.Header);
        return TransactionProof.Of(new CertifiedHeader(block.Header, block.Certificate), receipts, transactions, place - (receipts.Count - transactions.Count));
    }

    private ReceiptProof OfReceipt(ulong height, int place)
    {
        CertifiedBlock block = blocks.BlockAt(height);
        return ReceiptProof.Of(new CertifiedHeader(block.Header, block.Certificate), ReceiptsOf(block.Header), place);
    }

    // Executing the block again needs the state before it, which may be a long way: it is done only where the tables hold not quite what the ledger told.
    private IReadOnlyList<Receipt> ReceiptsOf(BlockHeader header)
    {
        IReadOnlyList<Receipt> receipts = tables.Read(now => StoredReceipts(now, header));
        return MerkleTree.Root(HeaderRule.ReceiptLeaves(receipts)) == header.ReceiptsRoot
            ? receipts
            : blocks.Blocks(header.Height, header.Height).Single().Executed.Receipts;
    }

    private static IReadOnlyList<Receipt> StoredReceipts(TableSnapshot now, BlockHeader header)
    {
        var height = new { height = (long)header.Height };
        ILookup<long, LedgerEvent> events = now
            .Query<EventRow>("SELECT place, receipt, name, content FROM events WHERE height = @height ORDER BY place", height)
            .ToLookup(row => row.Receipt, row => new LedgerEvent(row.Name, row.Content));
        return
        [
            .. now.Query<ReceiptRow>($"{ReceiptRow.Select} WHERE height = @height ORDER BY place", height).Select(row => new Receipt(
                row.IsScheduled == 0 ? CallOrigin.Transaction : header.Height == 0 ? CallOrigin.Genesis : CallOrigin.Schedule,
                row.Id,
                row.IsDone == 1 ? Outcome.Done : Outcome.Refused(row.Code!, row.Sentence!),
                [.. events[row.Place]])),
        ];
    }

    // Right after a start no block may have come yet: then the newest is executed again, once.
    private LedgerMoment Newest()
    {
        if (projector.Newest is { } newest)
        {
            return newest;
        }

        ulong height = blocks.FinalHeight ?? throw new InvalidOperationException("There is no final block yet.");
        if (replayed?.Header.Height != height)
        {
            FinalBlock block = blocks.Blocks(height, height).Single();
            replayed = new LedgerMoment(block.Header, block.Executed.State);
        }

        return replayed!;
    }
}

/// <summary>So many proofs are asked for at once that one more is turned away.</summary>
internal sealed class TooManyProofsException() : Exception("Many proofs are being made already: ask again in a few seconds.");
