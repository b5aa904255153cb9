using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Gives every validator the same entries in the same order, for ever. It is transport: the record is the ledger file.</summary>
public interface IOrderer
{
    /// <summary>Which order it is; a new one begins only when operators must begin anew after the old one was lost.</summary>
    uint Order => 0;

    /// <summary>Hands a batch over. It has its place once <see cref="Read"/> returns it; until then it may get lost, or come twice.</summary>
    void Publish(SignedBatch batch);

    /// <summary>The entry at a position, or null where there is none yet. Positions count from 0 without gaps.</summary>
    /// <returns>The bytes as they were published: perhaps no batch at all.</returns>
    /// <exception cref="OrderLostException">The order no longer holds that position.</exception>
    ReadOnlyMemory<byte>? Read(ulong position);

    /// <summary>Says, from time to time, that all entries before a position are in durable blocks, so that they need not be kept for this reader.</summary>
    void Release(ulong position);
}
