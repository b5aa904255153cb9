using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Gives every validator the same batches in the same order, for ever.</summary>
public interface IOrderer
{
    /// <summary>Publishes a batch. It is kept when this returns.</summary>
    void Publish(SignedBatch batch);

    /// <summary>The batch at a position, or null where there is none yet. Positions count from 0 without gaps.</summary>
    SignedBatch? Read(long position);

    /// <summary>Says, from time to time, that all batches before a position are in durable blocks, so that they need not be kept.</summary>
    /// <returns>The position to go on from: the same, or a lower one after the orderer began its count anew.</returns>
    long Release(long position);
}
