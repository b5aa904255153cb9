using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Orders batches in memory, for simulations: what a crash loses here, nobody was told.</summary>
public sealed class MemoryOrderer : IOrderer
{
    private readonly List<SignedBatch> batches = [];
    private long first;

    /// <inheritdoc/>
    public void Publish(SignedBatch batch) => batches.Add(batch);

    /// <inheritdoc/>
    public SignedBatch? Read(long position) => position - first < batches.Count ? batches[(int)(position - first)] : null;

    /// <inheritdoc/>
    public long Release(long position)
    {
        int released = (int)long.Clamp(position - first, 0, batches.Count);
        batches.RemoveRange(0, released);
        first += released;
        return position;
    }
}
