using Commonwatt.Ledger.Blocks;
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

    /// <summary>Remembers the transactions of the newest blocks, as many as are remembered and as far back as one can be valid.</summary>
    public void Remember(RecentTransactions recent, BlockHeader tip, int most)
    {
        Instant oldest = tip.Time - TransactionLimits.Lifetime;
        var found = new List<(SignedTransaction Transaction, ulong Height)>();
        for (ulong height = tip.Height; height > 0 && found.Count < most; height--)
        {
            var block = CertifiedBlock.Decode(Block(height));
            if (block.Header.Time < oldest)
            {
                break;
            }

            found.AddRange(SignedBatch.Decode(block.Content.Span).Transactions.Select(transaction => (transaction, height)));
        }

        // Known receipts stand; the oldest is forgotten first.
        for (int index = found.Count - 1; index >= 0; index--)
        {
            recent.Take(found[index].Transaction, found[index].Height);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        RecordReader? open = reader;
        reader = null;
        open?.Dispose();
    }

    private string? NewestSnapshot() => Directory.EnumerateFiles(folder, "*.snapshot").Max(StringComparer.Ordinal);
}
