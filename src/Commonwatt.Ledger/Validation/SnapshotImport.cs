using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Takes another node's snapshot, and the blocks up to it by their hashes and certificates alone.</summary>
/// <remarks>
/// Only its header is looked at before the blocks up to it are in the own file and have it as theirs: its entries are many, and
/// whoever makes up a header can make up entries that fit. The snapshot counts only once its entries give the header's state
/// root, and every change of validators up to there has been shown. Until then it stands beside.
/// </remarks>
internal sealed class SnapshotImport(
    NodeSettings settings, GuardedSource source, LedgerRecovery recovery, ValidatorChangeLog changes, ImportedBlocks blocks)
{
    private LightClient follower = new(settings.Genesis.Id, settings.Genesis.Validators);

    /// <summary>Takes the source's snapshot, if it spares executing enough blocks.</summary>
    /// <returns>Its height, or null where it does not.</returns>
    /// <exception cref="SourceFaultException">The source breaks off, or holds something back.</exception>
    /// <exception cref="WrongBlockException">The source gave something wrong.</exception>
    public ulong? Run(BlockHeader tip, ulong sourceHeight, CatchUpLimits limits)
    {
        ulong start = Snapshot.NewestHeight(settings.Disk) is { } own && own <= tip.Height ? own : 0;
        settings.Disk.Delete(SnapshotDownload.Part);
        if (!IsFar(sourceHeight, start, limits))
        {
            return null;
        }

        BlockHeader? header = source.SnapshotHeader(limits.MostSnapshotBytes);
        if (header is null || header.Height > sourceHeight || !IsFar(header.Height, start, limits))
        {
            return null;
        }

        try
        {
            return TakeNewest(tip, header, limits.MostSnapshotBytes);
        }
        finally
        {
            // After a crash of the machine the next try does it.
            settings.Disk.Delete(SnapshotDownload.Part);
        }
    }

    private static bool IsFar(ulong height, ulong start, CatchUpLimits limits) => height > start && height - start > limits.SnapshotAbove;

    // Blocks first: a header that validators signed cannot be made up, and only such a one is worth a download.
    private ulong TakeNewest(BlockHeader tip, BlockHeader header, long mostBytes)
    {
        while (true)
        {
            TakeBlocks(tip, header);
            BlockHeader found = Download(header, mostBytes);
            if (found == header)
            {
                RequireRight(header);
                Snapshot.Adopt(settings.Disk, SnapshotDownload.Part, header.Height);
                return header.Height;
            }

            // The blocks took their time, and the source wrote a newer one meanwhile.
            if (found.Height <= header.Height)
            {
                throw new SourceFaultException($"The source showed a snapshot of block {header.Height}, and gave one of another header of height {found.Height}.");
            }

            tip = recovery.Block(ulong.Max(tip.Height, header.Height)).Header;
            header = found;
        }
    }

    private void TakeBlocks(BlockHeader tip, BlockHeader header)
    {
        follower = new LightClient(settings.Genesis.Id, settings.Genesis.Validators);
        Take(tip, header);
        blocks.Sync();
        if (!recovery.IsOurs(header))
        {
            throw new SourceFaultException($"The header of the source's snapshot is not that of block {header.Height}.");
        }
    }

    // Gives the header that stands in it; where that is another one, no more is read.
    private BlockHeader Download(BlockHeader wanted, long mostBytes)
    {
        BlockHeader? header = null;
        SnapshotDownload.Write(settings.Disk, source.Snapshot(mostBytes).TakeWhile(record =>
        {
            header ??= CanonicalReader.Decode<BlockHeader>(record);
            return header == wanted;
        }));
        return header ?? throw new SourceFaultException($"The source showed a snapshot of block {wanted.Height}, and then gave none.");
    }

    private void RequireRight(BlockHeader header)
    {
        if (!changes.Covers(header.Height, Load(header)))
        {
            throw new SourceFaultException($"The source holds back a change of validators up to block {header.Height}.");
        }
    }

    private LedgerState Load(BlockHeader header) => Snapshot.TryLoad(settings.Disk, SnapshotDownload.Part)?.State
        ?? throw new SourceFaultException($"The entries of the source's snapshot do not give the state root of block {header.Height}.");

    private void Take(BlockHeader tip, BlockHeader target)
    {
        using IEnumerator<StateProof> shown = source.ValidatorChanges().TakeWhile(change => change.Block.Header.Height <= target.Height).GetEnumerator();
        StateProof? next = FollowOwn(tip, shown);
        if (tip.Height >= target.Height)
        {
            return;
        }

        IEnumerable<PreparedBlock> above = PreparedBlock.InOrder(source.Blocks(tip.Height + 1), checksSignatures: false, settings.SignatureThreads);
        foreach (PreparedBlock block in above)
        {
            ulong height = tip.Height + 1;
            Require(block.FindFault(tip, follower.ValidatorsAt(height), settings.Genesis.Id));
            Require(follower.Follow(block.Certified));
            StateProof? change = null;
            if (next?.Block.Header == block.Header)
            {
                change = next with { Block = block.Certified };
                Require(FollowChange(change));
                next = After(height, shown);
            }

            blocks.Append(block.Bytes, block.Header, change);
            tip = block.Header;
            if (height == target.Height)
            {
                return;
            }
        }

        throw new SourceFaultException($"The source breaks off after block {tip.Height}, before that of its snapshot, {target.Height}.");
    }

    // What a crash kept from the own file of changes is shown by the source, and stands under the own blocks.
    private StateProof? FollowOwn(BlockHeader tip, IEnumerator<StateProof> shown)
    {
        ulong? last = null;
        foreach (StateProof change in changes.Changes)
        {
            Require(follower.FollowChange(change));
            last = change.Block.Header.Height;
        }

        StateProof? next = After(last, shown);
        while (next is not null && next.Block.Header.Height <= tip.Height)
        {
            Require(recovery.IsOurs(next.Block.Header) ? FollowChange(next) : $"a change of validators stands under a header that is not that of block {next.Block.Header.Height}.");
            changes.Add(next);
            next = After(next.Block.Header.Height, shown);
        }

        CertifiedBlock own = recovery.Block(tip.Height);
        if (follower.Newest != tip && follower.Follow(new CertifiedHeader(tip, own.Certificate)) is { } fault)
        {
            throw new SourceFaultException($"The source holds back a change of validators up to block {tip.Height}, or the own block is wrong. {fault}");
        }

        return next;
    }

    // A light client takes a change one block later, too; the file of changes has one form.
    private string? FollowChange(StateProof change) => follower.FollowChange(change)
        ?? (ValidatorChangeLog.IsUnderItsBlock(change) ? null : $"a change of validators is not shown under the block that made it, but under block {change.Block.Header.Height}.");

    private static StateProof? After(ulong? height, IEnumerator<StateProof> shown)
    {
        while (shown.MoveNext())
        {
            if (height is null || shown.Current.Block.Header.Height > height)
            {
                return shown.Current;
            }
        }

        return null;
    }

    private static void Require(string? fault)
    {
        if (fault is not null)
        {
            throw new WrongBlockException(fault);
        }
    }
}
