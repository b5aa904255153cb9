using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Brings the files of a node that does not run to where another node's are, and believes nothing that it cannot check.</summary>
/// <remarks>
/// Every block is checked before it is appended. It is executed, unless a snapshot spares it: then its hash chain,
/// certificate and transactions root are checked, and the snapshot against the header of its block. What was appended is
/// right, whatever the source does next; so a crash or a fault in the midst costs nothing but time.
/// </remarks>
public sealed class BlockImport
{
    private readonly NodeSettings settings;
    private readonly GuardedSource source;
    private readonly CatchUpLimits limits;
    private readonly RecordLog log;
    private readonly LedgerRecovery recovery;
    private ValidatorChangeLog changes = null!;
    private ImportedBlocks blocks = null!;
    private ulong? snapshotHeight;

    private BlockImport(NodeSettings settings, IBlockSource source, CatchUpLimits limits, RecordLog log)
    {
        this.settings = settings;
        this.source = new GuardedSource(source);
        this.limits = limits;
        this.log = log;
        recovery = new LedgerRecovery(settings, log);
    }

    /// <summary>Takes from a source what the node lacks: a snapshot where it is far behind, and every block.</summary>
    /// <remarks>
    /// A validator that never signed says so by <see cref="NodeSettings.HasNeverSigned"/>: where there is no ledger file yet,
    /// its file of votes is begun. Without that, a node whose key is a validator's does not start on blocks from others.
    /// </remarks>
    /// <param name="settings">The node; it must not be open.</param>
    /// <param name="source">The other node.</param>
    /// <param name="trusted">Validators of today from a source that is trusted: the source's newest block must be theirs. Null to trust the genesis alone.</param>
    /// <param name="limits">How much is taken, or null for what is usual.</param>
    /// <returns>What was taken. A source that lies, breaks off or holds another ledger is a fault in the report, and the node keeps what was right.</returns>
    /// <exception cref="ArgumentException">The trusted validators are of another ledger.</exception>
    /// <exception cref="DamagedFileException">The node's own file is harmed, or holds another ledger.</exception>
    /// <exception cref="IOException">The node's own disk failed.</exception>
    public static CatchUpReport CatchUp(NodeSettings settings, IBlockSource source, TrustedValidators? trusted = null, CatchUpLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(source);
        if (trusted is not null && trusted.LedgerId != settings.Genesis.Id)
        {
            throw new ArgumentException($"The trusted validators are of the ledger {trusted.LedgerId}, not of {settings.Genesis.Id}.", nameof(trusted));
        }

        using RecordLog log = RecordLog.Open(settings.Disk, settings.FileName, settings.Reserve);
        CatchUpReport report = new BlockImport(settings, source, limits ?? new CatchUpLimits(), log).Run(trusted?.Validators);
        log.Trim();
        return report;
    }

    private CatchUpReport Run(ValidatorSet? trusted)
    {
        ulong? before = Height();
        if (before is not null)
        {
            recovery.CheckGenesis();
        }

        changes = recovery.OpenChanges();
        string? fault = FindFault(() => Take(trusted));
        blocks?.Sync();
        return new CatchUpReport(before, Height(), snapshotHeight, blocks?.Executed ?? 0, fault);
    }

    private ulong? Height() => log.Count == 0 ? null : (ulong)log.Count - 1;

    private void Take(ValidatorSet? trusted)
    {
        ulong newest = source.FinalHeight();
        blocks = new ImportedBlocks(log, changes, limits.SyncEvery, trusted is null ? null : AnchorOf(newest, trusted));
        if (log.Count == 0)
        {
            TakeGenesis();
        }

        BlockHeader own = recovery.Block((ulong)log.Count - 1).Header;
        snapshotHeight = new SnapshotImport(settings, source, recovery, changes, blocks).Run(own, newest, limits);
        ExecuteRest();
        if (Height() < newest)
        {
            throw new SourceFaultException($"The source breaks off after block {Height()}, and said that its newest is {newest}.");
        }
    }

    private BlockHeader AnchorOf(ulong newest, ValidatorSet trusted)
    {
        CertifiedBlock block = source.Block(newest);
        string? fault = block.Header.Height == newest
            ? new CertifiedHeader(block.Header, block.Certificate).Check(trusted, settings.Genesis.Id)
            : $"It is of height {block.Header.Height}.";
        return fault is not null ? throw new SourceFaultException($"The source's newest block, {newest}, is not one of the trusted validators. {fault}")
            : newest > Height() || log.Count == 0 || recovery.IsOurs(block.Header) ? block.Header
            : throw new SourceFaultException($"The trusted validators signed another block {newest} than stands in {settings.FileName}.");
    }

    private void TakeGenesis()
    {
        CertifiedBlock block = source.Block(0);
        if (!block.Content.Span.SequenceEqual(settings.Genesis.Bytes.Span))
        {
            throw new SourceFaultException($"The source holds another ledger than '{settings.Genesis.Name}' ({settings.Genesis.Id}).");
        }

        new BlockReplay(settings.Genesis, settings.Catalog, new LedgerState()).ExecuteGenesis(block);
        if (settings is { Key: not null, Votes: not null, HasNeverSigned: true } && !VoteFile.Exists(settings.Disk))
        {
            VoteFile.Begin(settings.Disk, settings.Reserve, lowest: 0).Dispose();
        }

        blocks.Append(block.ToArray(), block.Header, change: null);
        blocks.Sync();
    }

    private void ExecuteRest()
    {
        (LedgerState state, BlockHeader tip, _) = recovery.Run(changes);
        var replay = new BlockReplay(settings.Genesis, settings.Catalog, state);
        int sinceSnapshot = 0;
        foreach (PreparedBlock block in PreparedBlock.InOrder(source.Blocks(tip.Height + 1), settings.Genesis.HasSignatures, settings.SignatureThreads))
        {
            ExecutedBlock executed = replay.Execute(block, tip);
            blocks.Append(block.Bytes, block.Header, ValidatorChangeLog.ChangeIn(block.Certified, executed.State));
            blocks.Executed++;
            tip = block.Header;
            sinceSnapshot++;
            if (sinceSnapshot == settings.SnapshotEvery)
            {
                // A snapshot of a block that is not durable would be of none after a crash.
                blocks.Sync();
                Snapshot.Save(settings.Disk, tip, executed.State);
                sinceSnapshot = 0;
            }
        }
    }

    private static string? FindFault(Action take)
    {
        try
        {
            take();
            return null;
        }
        catch (Exception exception) when (exception is SourceFaultException or BrokenInvariantException)
        {
            return exception.Message;
        }
        catch (Exception exception) when (exception is WrongBlockException or MalformedBytesException)
        {
            return $"The source gave something wrong: {exception.Message}";
        }
    }
}
