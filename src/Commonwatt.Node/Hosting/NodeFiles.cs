using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <summary>What others may read of a running node's files: final blocks, the newest snapshot, the changes of validators. Many threads may read at once.</summary>
/// <param name="folder">The node's folder.</param>
/// <param name="ledgerFile">The ledger file's name.</param>
/// <param name="finalHeight">Up to which height blocks are final and synced, or null where none is.</param>
internal sealed class NodeFiles(string folder, string ledgerFile, Func<ulong?> finalHeight) : IDisposable
{
    private volatile RecordReader? reader;
    private volatile LedgerNode? node;

    /// <summary>The newest height that can be read, or null.</summary>
    public ulong? FinalHeight => reader is null ? null : finalHeight();

    /// <summary>Every change of validators that is final, with its proof.</summary>
    public IReadOnlyList<StateProof> ValidatorChanges => node?.ValidatorChanges ?? [];

    /// <summary>Opens the files, beside the node that writes them.</summary>
    public void Open(LedgerNode opened)
    {
        reader ??= RecordReader.Open(new FolderDisk(folder, isReadOnly: true), ledgerFile);
        node = opened;
    }

    /// <summary>The node is closed; its blocks can still be read.</summary>
    public void Close() => node = null;

    /// <summary>An encoded final block.</summary>
    /// <param name="height">At most <see cref="FinalHeight"/>.</param>
    public byte[] Block(ulong height) => reader!.Read(height);

    /// <summary>Opens the newest snapshot, or returns null where there is none.</summary>
    public FileStream? OpenSnapshot()
    {
        // Between listing and opening, a newer one may have taken its place.
        for (int attempt = 0; attempt < 3 && NewestSnapshot() is { } path; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            }
            catch (FileNotFoundException)
            {
                continue;
            }
        }

        return null;
    }

    /// <summary>Remembers the transactions of the newest blocks that used their nonces, as many as are remembered and as far back as one can be valid.</summary>
    /// <param name="recent">Where they are remembered.</param>
    /// <param name="tip">The newest final header.</param>
    /// <param name="state">The state at that height, or after it.</param>
    /// <param name="most">How many are remembered.</param>
    /// <param name="threads">On how many threads signatures are checked; 0 on a ledger without signatures.</param>
    /// <returns>The lowest height from which on nothing is left out.</returns>
    public ulong Remember(RecentTransactions recent, BlockHeader tip, StateReader state, int most, int threads)
    {
        Instant oldest = tip.Time - TransactionLimits.Lifetime;
        var found = new List<(SignedTransaction Transaction, ulong Height)>();
        int read = 0;
        ulong next = tip.Height;
        for (; next > 0 && read < most; next--)
        {
            var block = CertifiedBlock.Decode(Block(next));
            if (block.Header.Time < oldest)
            {
                break;
            }

            ulong height = next;
            IReadOnlyList<SignedTransaction> transactions = SignedBatch.Decode(block.Content.Span).Transactions;
            read += transactions.Count;
            found.AddRange(transactions.Where(transaction => recent.FindSettled(transaction.Id) is null && HasUsedNonce(state, transaction)).Select(transaction => (transaction, height)));
        }

        RememberSigned(recent, found, threads);
        // Of the last block that was read, some may have been too many.
        return read < most ? next + 1 : next + 2;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        RecordReader? open = reader;
        reader = null;
        open?.Dispose();
    }

    // What a block refused before its nonce counted may come again, and is settled by no block yet.
    private static bool HasUsedNonce(StateReader state, SignedTransaction transaction) =>
        SystemTables.Nonces.FindOr(state, transaction.Sender, default).Value >= transaction.Nonce;

    // A block may hold somebody's copy of a transaction under a wrong signature, which was refused there: it says nothing of the right one.
    private static void RememberSigned(RecentTransactions recent, List<(SignedTransaction Transaction, ulong Height)> found, int threads)
    {
        bool[]? signed = threads == 0 ? null : SignatureChecks.Run([.. found.Select(one => one.Transaction)], threads);
        // The oldest is forgotten first.
        for (int index = found.Count - 1; index >= 0; index--)
        {
            if (signed?[index] != false)
            {
                recent.Take(found[index].Transaction, found[index].Height);
            }
        }
    }

    private string? NewestSnapshot() => Directory.EnumerateFiles(folder, "*.snapshot").Max(StringComparer.Ordinal);
}
