using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <summary>An executed block on its way to being final.</summary>
/// <param name="Executed">Receipts and state.</param>
/// <param name="Content">The encoded genesis or batch.</param>
/// <param name="Transactions">The transactions in order.</param>
/// <param name="Place">Where the order of batches goes on after this block's.</param>
internal sealed record UnsealedBlock(
    ExecutedBlock Executed, ReadOnlyMemory<byte> Content, IReadOnlyList<SignedTransaction> Transactions, OrderPlace Place);

/// <summary>Makes executed blocks final: hashes, signs, writes and syncs them, and only then tells of them.</summary>
internal sealed class BlockSealer(NodeSettings settings, RecordLog log)
{
    private readonly List<FinalBlock> written = [];
    private ulong writtenPosition;
    private ulong durablePosition;

    /// <summary>Up to where in the order of batches all are in blocks that are durable and told. Another thread may read it.</summary>
    public ulong DurablePosition
    {
        get => Volatile.Read(ref durablePosition);
        set => Volatile.Write(ref durablePosition, value);
    }

    /// <summary>The newest header, sealed or recovered.</summary>
    public BlockHeader? Tip { get; set; }

    /// <summary>Hashes, signs and writes a block. It is final after <see cref="Commit"/>.</summary>
    public void Write(UnsealedBlock block)
    {
        RequireQuorum(block.Executed);
        BlockHeader header = HeaderRule.HeaderOf(settings.Genesis, Tip, block.Executed, block.Transactions, block.Place);
        byte[] signature = settings.Key.Sign(header.SigningDigest());
        var certificate = BlockCertificate.Of([(settings.Key.Address, signature)]);
        log.Append(new CertifiedBlock(header, block.Content, certificate).ToArray());
        Tip = header;
        writtenPosition = block.Place.Next;
        written.Add(new FinalBlock(header, block.Executed, block.Transactions));
    }

    /// <summary>One sync for all blocks written since the last; then they are told.</summary>
    public void Commit()
    {
        log.Sync();
        foreach (FinalBlock block in written)
        {
            settings.OnFinal?.Invoke(block);
            if (settings.SnapshotEvery > 0 && block.Header.Height > 0 && block.Header.Height % (ulong)settings.SnapshotEvery == 0)
            {
                Snapshot.Save(settings.Disk, block.Header, block.Executed.State);
            }
        }

        written.Clear();
        DurablePosition = writtenPosition;
    }

    // One signature makes a block final only where it has the voting power alone.
    private void RequireQuorum(ExecutedBlock executed)
    {
        ulong power = executed.Validators.Find(settings.Key.Address)?.Power ?? 0;
        if (!executed.Validators.IsQuorum(power))
        {
            throw new BrokenInvariantException(
                $"Block {executed.Height} needs signatures with more than two thirds of a voting power of {executed.Validators.TotalPower}; this node, {settings.Key.Address}, has {power} of it and signs alone. Nothing was written.");
        }
    }
}
