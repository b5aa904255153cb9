using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Blocks;

/// <summary>Where the order of batches goes on after a block: everybody who has the block knows where to read on.</summary>
/// <param name="Order">Which order: the first is 0; one more each time the operators had to begin a new one.</param>
/// <param name="Next">The position in it after the block's batch.</param>
public readonly record struct OrderPlace(uint Order, ulong Next) : ICanonical<OrderPlace>
{
    /// <summary>The beginning of the first order.</summary>
    public static OrderPlace Start => default;

    /// <summary>Whether a block at this place may follow one at <paramref name="parent"/>: later in the same order, or in a newer one.</summary>
    public bool IsAfter(OrderPlace parent) => Order > parent.Order ? Next > 0 : Order == parent.Order && Next > parent.Next;

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32(Order);
        writer.UInt64(Next);
    }

    /// <inheritdoc/>
    public static OrderPlace Read(ref CanonicalReader reader) => new(reader.UInt32(), reader.UInt64());
}
