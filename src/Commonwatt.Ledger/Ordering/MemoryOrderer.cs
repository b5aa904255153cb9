using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Orders batches in memory, for simulations: what a crash loses here, nobody was told.</summary>
public sealed class MemoryOrderer : IOrderer
{
    private readonly Queue<SignedBatch> batches = new();
    private long first;

    /// <inheritdoc/>
    public void Publish(SignedBatch batch) => batches.Enqueue(batch);

    /// <inheritdoc/>
    public SignedBatch? Read(long position) => position - first < batches.Count ? batches.ElementAt((int)(position - first)) : null;

    /// <inheritdoc/>
    public long Release(long position)
    {
        while (first < position && batches.TryDequeue(out _))
        {
            first++;
        }

        return position;
    }
}
