namespace Commonwatt.Markets.Clearing;

/// <summary>One price, the mean of all bid prices; bids from the highest down meet asks in order of arrival.</summary>
/// <remarks>
/// Source 001, section 4.3 and source 004, "Smart Contract". The mean counts each bid once, whatever its quantity, and is truncated. Bids
/// below it and asks above it do not trade: source 001 would charge such a buyer more than he named. Since an ask's price gives it no
/// priority, all asks at the mean or below have equal claims under <see cref="Rationing.ProRata"/>. The mean is the price of the period as
/// soon as there is a bid, even where nothing trades at it.
/// </remarks>
/// <param name="rationing">How equal claims share.</param>
public sealed class AverageBidFifo(Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "average-bid-fifo";

    /// <inheritdoc/>
    public MarketClearing Clear(ReadOnlySpan<Order> orders)
    {
        OrderBook book = OrderBook.Of(orders, asks: Priority.Arrival);
        if (book.Bids.Length == 0)
        {
            return MarketClearing.Nothing;
        }

        long price = MeanPrice(book.Bids);
        OrderBook willing = new(
            Array.FindAll(book.Bids, bid => bid.Price >= price),
            Array.FindAll(book.Asks, ask => ask.Price <= price));
        Matching matching = Matching.Of(willing).Rationed(rationing, askPriority: Priority.Arrival);
        return new MarketClearing(new Price(price), matching.At(new OnePrice(new Price(price))));
    }

    private static long MeanPrice(BookOrder[] bids)
    {
        Int128 sum = 0;
        foreach (BookOrder bid in bids)
        {
            sum += bid.Price;
        }

        return (long)(sum / bids.Length);
    }
}
