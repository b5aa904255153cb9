using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <summary>An executed block on its way to being final.</summary>
/// <param name="Executed">Receipts and state.</param>
/// <param name="Content">The encoded genesis or batch.</param>
/// <param name="ContentHash">What identifies the content in the header.</param>
/// <param name="Transactions">The transactions in order.</param>
/// <param name="Place">Where the order of batches goes on after this block's.</param>
internal sealed record UnsealedBlock(
    ExecutedBlock Executed, ReadOnlyMemory<byte> Content, Encoding.Hash ContentHash, IReadOnlyList<SignedTransaction> Transactions, OrderPlace Place);

/// <summary>Makes executed blocks final: hashes and votes, and once there are enough votes writes and syncs them, and only then tells of them.</summary>
/// <param name="settings">The node.</param>
/// <param name="log">The ledger file.</param>
/// <param name="changes">Where changes of the validators are recorded.</param>
/// <param name="voteFile">What this validator signed, or null where it signs alone or not at all.</param>
internal sealed class BlockSealer(NodeSettings settings, RecordLog log, ValidatorChangeLog changes, VoteFile? voteFile)
{
    private readonly FinalityExchange? exchange = settings.Votes is null ? null : new FinalityExchange(settings, settings.Votes, log, voteFile);
    private readonly List<PendingBlock> pending = [];
    private readonly List<FinalBlock> written = [];
    private BlockHeader? newest;
    private ulong writtenPosition;
    private ulong durablePosition;
    private BlockHeader? tip;
    private volatile bool isLeftBehind;

    /// <summary>Up to where in the order of batches all are in blocks that are durable and told. Another thread may read it.</summary>
    public ulong DurablePosition => Volatile.Read(ref durablePosition);

    /// <summary>The newest header that is final and durable, or null. Another thread may read it.</summary>
    public BlockHeader? Tip => Volatile.Read(ref tip);

    /// <summary>The hash of the newest header, final or not.</summary>
    public Encoding.Hash NewestHash => newest?.HeaderHash() ?? Encoding.Hash.Zero;

    /// <summary>Whether the others have a block that this node has not executed. Another thread may read it.</summary>
    public bool IsLeftBehind => isLeftBehind;

    /// <summary>Whether blocks wait for others' votes.</summary>
    public bool IsWaiting => pending.Count > 0;

    /// <summary>Goes on after a block that the ledger file holds.</summary>
    public void ContinueAfter(BlockHeader recovered)
    {
        newest = recovered;
        writtenPosition = PositionAfter(recovered.Place);
        durablePosition = writtenPosition;
        tip = recovered;
        exchange?.Settle(recovered.Height);
    }

    /// <summary>Hashes a block and votes for it; one that this validator alone makes final is written. <see cref="Commit"/> makes it durable.</summary>
    public void Write(UnsealedBlock block)
    {
        BlockHeader header = HeaderRule.HeaderOf(settings.Genesis, newest, block.Executed, block.Transactions, block.ContentHash, block.Place);
        newest = header;
        var added = new PendingBlock(header, block);
        pending.Add(added);
        if (voteFile is null && settings.Key is { } key && IsAlone(block.Executed.Validators, key))
        {
            added.Certificate = BlockCertificate.Of([(key.Address, key.Sign(header.SigningDigest()))]);
        }
        else if (exchange is null)
        {
            throw new BrokenInvariantException(
                $"Block {header.Height} needs signatures with more than two thirds of a voting power of {block.Executed.Validators.TotalPower}, which this node does not have alone, and it has no channel to hear others' votes. Nothing was written.");
        }
        else
        {
            exchange.Vote(added);
        }

        WriteCertified();
    }

    /// <summary>One sync for all that was written since the last: votes are sent after it, and blocks told.</summary>
    public void Commit()
    {
        exchange?.Flush();
        // A vote counts once it is durable: that of a validator who is enough alone makes its block final now.
        WriteCertified();
        if (written.Count == 0)
        {
            return;
        }

        log.Sync();
        RecordChanges();
        foreach (FinalBlock block in written)
        {
            // Who is told may ask at once what is final.
            Volatile.Write(ref tip, block.Header);
            settings.OnFinal?.Invoke(block);
            if (settings.SnapshotEvery > 0 && block.Header.Height > 0 && block.Header.Height % (ulong)settings.SnapshotEvery == 0)
            {
                Snapshot.Save(settings.Disk, block.Header, block.Executed.State);
            }
        }

        exchange?.Settle(written[^1].Header.Height);
        written.Clear();
        Volatile.Write(ref durablePosition, writtenPosition);
    }

    /// <summary>Listens to the other validators, repeats what got no answer, and makes final what has enough votes now.</summary>
    public void Exchange()
    {
        if (exchange is null)
        {
            return;
        }

        exchange.Listen(pending);
        isLeftBehind = newest is not null && exchange.IsLeftBehind(newest.Height);
        WriteCertified();
        exchange.Repeat(pending, pending.Count > 0 ? pending[0].Header.Height : (newest?.Height ?? 0) + 1);
        Commit();
    }

    // After the blocks, for no change may stand in its file that did not happen; before they are told, for who is told may ask for it.
    private void RecordChanges()
    {
        foreach (FinalBlock block in written)
        {
            if (ValidatorChangeLog.ChangeIn(new CertifiedHeader(block.Header, block.Certificate), block.Executed.State) is { } change)
            {
                changes.Add(change);
            }
        }

        changes.Sync();
    }

    // Blocks become final in their order: a certificate that comes early waits.
    private void WriteCertified()
    {
        while (pending.Count > 0 && (pending[0].Certificate ?? exchange?.CertificateOf(pending[0])) is { } certificate)
        {
            PendingBlock block = pending[0];
            pending.RemoveAt(0);
            log.Append(new CertifiedBlock(block.Header, block.Block.Content, certificate).ToArray());
            writtenPosition = PositionAfter(block.Block.Place);
            written.Add(new FinalBlock(block.Header, block.Block.Executed, block.Block.Transactions, certificate));
        }
    }

    // What was read from an earlier order says nothing about this one.
    private ulong PositionAfter(OrderPlace place) => place.Order == settings.Orderer.Order ? place.Next : 0;

    private static bool IsAlone(ValidatorSet validators, Keys.SigningKey key) =>
        validators.IsQuorum(validators.Find(key.Address)?.Power ?? 0);
}
