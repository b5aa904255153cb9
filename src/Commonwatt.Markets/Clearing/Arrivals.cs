namespace Commonwatt.Markets.Clearing;

/// <summary>Orders in the order of their sequence numbers.</summary>
internal static class Arrivals
{
    /// <summary>Where each order is stored, from the earliest to the latest.</summary>
    /// <exception cref="ArgumentException">Two orders share a sequence number.</exception>
    public static BookKey[] Of(ReadOnlySpan<Order> orders)
    {
        long first = long.MaxValue;
        long last = long.MinValue;
        foreach (ref readonly Order order in orders)
        {
            first = long.Min(first, order.Sequence);
            last = long.Max(last, order.Sequence);
        }

        BookKey[] keys = GC.AllocateUninitializedArray<BookKey>(orders.Length);
        for (int index = 0; index < orders.Length; index++)
        {
            keys[index] = new BookKey(Distance(first, orders[index].Sequence), index, index);
        }

        keys = RadixSort.Sort(keys, Distance(first, last));
        for (int index = 1; index < keys.Length; index++)
        {
            if (keys[index].Key == keys[index - 1].Key)
            {
                throw SharedSequence(orders[keys[index - 1].Index], orders[keys[index].Index]);
            }
        }

        return keys;
    }

    // The distance of the two ends of the range of a long fits an unsigned one: here the wrap is what is meant.
    private static ulong Distance(long from, long to) => unchecked((ulong)to - (ulong)from);

    private static ArgumentException SharedSequence(in Order one, in Order other)
    {
        (long low, long high) = (long.Min(one.Id.Value, other.Id.Value), long.Max(one.Id.Value, other.Id.Value));
        return new ArgumentException($"Orders {low} and {high} share the sequence number {one.Sequence}: each order needs its own.");
    }
}
