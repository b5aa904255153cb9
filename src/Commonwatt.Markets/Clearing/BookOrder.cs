namespace Commonwatt.Markets.Clearing;

/// <summary>An order in its place in the book, with no more than matching needs.</summary>
internal readonly record struct BookOrder(OrderId Id, long Price, long Quantity);

/// <summary>Where an order belongs in the book: the smallest key first, and equal keys by arrival.</summary>
/// <param name="Key">The distance from the best price.</param>
/// <param name="Arrival">The rank among all orders by sequence.</param>
/// <param name="Index">Where the order is stored.</param>
internal readonly record struct BookKey(ulong Key, int Arrival, int Index) : IComparable<BookKey>
{
    public int CompareTo(BookKey other)
    {
        int byKey = Key.CompareTo(other.Key);
        return byKey != 0 ? byKey : Arrival.CompareTo(other.Arrival);
    }
}
