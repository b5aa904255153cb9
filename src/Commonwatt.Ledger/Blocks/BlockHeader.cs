using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Blocks;

/// <summary>What validators sign of a block: everything else follows from it.</summary>
/// <param name="LedgerId">The hash of the genesis.</param>
/// <param name="Height">The block's number; the genesis is 0.</param>
/// <param name="ParentHash">The hash of the header below.</param>
/// <param name="Time">Block time: never before the parent's.</param>
/// <param name="Proposer">The validator whose batch the block holds.</param>
/// <param name="TransactionsRoot">The Merkle root over the encoded transactions.</param>
/// <param name="ReceiptsRoot">The Merkle root over the receipts: of the scheduled calls first, then of the transactions.</param>
/// <param name="StateRoot">The root of the state map after the block.</param>
/// <param name="ValidatorsHash">The hash of the validators whose signatures make this block final.</param>
/// <param name="TransactionCount">How many transactions the block holds.</param>
/// <param name="ScheduledCount">How many scheduled calls ran in it.</param>
/// <param name="Place">Where the order of batches goes on after this block.</param>
/// <param name="ContentHash">The digest that the proposer signed of the batch, its number and clock included; in block 0 the ledger's id.</param>
public sealed record BlockHeader(
    Hash LedgerId,
    ulong Height,
    Hash ParentHash,
    Instant Time,
    Address Proposer,
    Hash TransactionsRoot,
    Hash ReceiptsRoot,
    Hash StateRoot,
    Hash ValidatorsHash,
    uint TransactionCount,
    uint ScheduledCount,
    OrderPlace Place,
    Hash ContentHash) : ICanonical<BlockHeader>
{
    /// <summary>How many bytes an encoded header has.</summary>
    public const int Size = (7 * Hash.Size) + Address.Size + 8 + 8 + 4 + 4 + 4 + 8;

    /// <summary>SHA-256 over the encoded header.</summary>
    public Hash HeaderHash()
    {
        var writer = new CanonicalWriter(stackalloc byte[Size]);
        Write(ref writer);
        return Hash.Of(writer.Written);
    }

    /// <summary>What a validator signs: SHA-256 over <c>commonwatt/block/1</c> and the header's hash.</summary>
    public Hash SigningDigest() => Hash.Of("commonwatt/block/1", HeaderHash().ToArray());

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        LedgerId.Write(ref writer);
        writer.UInt64(Height);
        ParentHash.Write(ref writer);
        writer.Instant(Time);
        Proposer.Write(ref writer);
        TransactionsRoot.Write(ref writer);
        ReceiptsRoot.Write(ref writer);
        StateRoot.Write(ref writer);
        ValidatorsHash.Write(ref writer);
        writer.UInt32(TransactionCount);
        writer.UInt32(ScheduledCount);
        Place.Write(ref writer);
        ContentHash.Write(ref writer);
    }

    /// <inheritdoc/>
    public static BlockHeader Read(ref CanonicalReader reader) => new(
        Hash.Read(ref reader),
        reader.UInt64(),
        Hash.Read(ref reader),
        reader.Instant(),
        Address.Read(ref reader),
        Hash.Read(ref reader),
        Hash.Read(ref reader),
        Hash.Read(ref reader),
        Hash.Read(ref reader),
        reader.UInt32(),
        reader.UInt32(),
        OrderPlace.Read(ref reader),
        Hash.Read(ref reader));
}
