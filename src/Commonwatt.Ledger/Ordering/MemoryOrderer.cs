using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Orders batches in memory, for simulations: what a crash loses here, nobody was told.</summary>
public sealed class MemoryOrderer : IOrderer
{
    private readonly List<SignedBatch> batches = [];
    private ulong first;

    /// <inheritdoc/>
    public void Publish(SignedBatch batch) => batches.Add(batch);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(ulong position) =>
        position - first < (ulong)batches.Count ? batches[(int)(position - first)].Bytes : default(ReadOnlyMemory<byte>?);

    /// <inheritdoc/>
    public void Release(ulong position)
    {
        if (batches.Count == 0)
        {
            first = position;
            return;
        }

        int released = (int)ulong.Min(position - first, (ulong)batches.Count);
        batches.RemoveRange(0, released);
        first += (ulong)released;
    }
}
