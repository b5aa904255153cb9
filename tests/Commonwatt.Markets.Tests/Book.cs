using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests;

/// <summary>Order books as examples and at random.</summary>
internal static class Book
{
    /// <summary>The names of the mechanisms that reach the greatest possible welfare.</summary>
    public static readonly string[] Efficient = ["pay-as-clear", "uniform-midpoint", "pair-midpoint", "pay-as-bid"];

    public static readonly Rationing[] Rationings = [Rationing.Arrival, Rationing.ProRata];

    /// <summary>Up to twelve orders with few prices, so that ties are common; quantities in kWh so that amounts are exact.</summary>
    public static Gen<Order[]> Random { get; } =
        from count in Gen.Choose(0, 12)
        from orders in Gen.ArrayOf(
            from side in Gen.Elements(Side.Buy, Side.Sell)
            from kilowattHours in Gen.Choose(1, 3)
            from price in Gen.Choose(0, 9)
            select (side, kilowattHours, price),
            count)
        from sequences in Gen.Shuffle(Enumerable.Range(-3, count).Select(place => place * 7L).ToArray())
        select orders.Select((order, index) => Order(index, order.side, order.kilowattHours * 1000, order.price, sequences[index])).ToArray();

    /// <summary>A book as mechanisms take it, and the same orders stored differently.</summary>
    public static Gen<(Order[] Book, Order[] Shuffled)> Twice { get; } =
        from book in Random
        from shuffled in Gen.Shuffle(book)
        select (book, shuffled);

    /// <summary>Every mechanism on orders with both kinds of rationing and payment.</summary>
    public static IEnumerable<IMarketMechanism> Mechanisms(params string[] names) =>
        from name in names.Length > 0 ? names : Markets.Mechanisms.Names
        from rationing in Rationings
        from payment in new[] { ReverseAuctionPayment.PayAsOffered, ReverseAuctionPayment.Uniform }
        where payment == ReverseAuctionPayment.PayAsOffered || name == "reverse-auction"
        select Markets.Mechanisms.Find(name, new MechanismOptions(rationing, payment));

    /// <summary>The book as the mechanism takes it: a reverse auction has one buyer.</summary>
    public static Order[] For(IMarketMechanism mechanism, Order[] book)
    {
        long firstBid = book.Where(order => order.Side == Side.Buy).Select(order => order.Id.Value).DefaultIfEmpty(-1).Min();
        return mechanism.Name == "reverse-auction"
            ? [.. book.Where(order => order.Side == Side.Sell || order.Id.Value == firstBid)]
            : book;
    }

    public static Order Bid(long id, long wattHours, long price, long? sequence = null) => Order(id, Side.Buy, wattHours, price, sequence ?? id);

    public static Order Ask(long id, long wattHours, long price, long? sequence = null) => Order(id, Side.Sell, wattHours, price, sequence ?? id);

    /// <summary>The trades of a clearing as <c>buyer&lt;-seller quantity@price</c>.</summary>
    public static string[] Describe(MarketClearing clearing) =>
        [.. clearing.Trades.Select(trade => $"{trade.Buy.Value}<-{trade.Sell.Value} {trade.Quantity.WattHours}@{trade.Price.MicrosPerKilowattHour}")];

    private static Order Order(long id, Side side, long wattHours, long price, long sequence) =>
        new(new OrderId(id), new MemberId(id), side, new Energy(wattHours), new Price(price), sequence);
}
