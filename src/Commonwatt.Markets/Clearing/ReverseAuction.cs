namespace Commonwatt.Markets.Clearing;

/// <summary>One buyer names a quantity and a top price; the cheapest asks are taken until the quantity is met.</summary>
/// <remarks>
/// Source 002, chapter 5, figure 5.4. The one bid is the buyer's request; asks above its price are not taken. Without a bid, or without an
/// ask at its price or below, nothing trades.
/// </remarks>
/// <param name="payment">Whether each seller gets his ask or all get the last ask taken.</param>
/// <param name="rationing">How equal prices at the margin share.</param>
public sealed class ReverseAuction(
    ReverseAuctionPayment payment = ReverseAuctionPayment.PayAsOffered,
    Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "reverse-auction";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is more than one bid.</exception>
    public MarketClearing Clear(ReadOnlySpan<Order> orders)
    {
        OrderBook book = OrderBook.Of(orders);
        if (book.Bids.Length > 1)
        {
            (long one, long other) = (book.Bids[0].Id.Value, book.Bids[1].Id.Value);
            throw new ArgumentException($"A reverse auction has one buyer: there are {book.Bids.Length} bids, such as {one} and {other}.", nameof(orders));
        }

        Matching matching = Matching.Of(book);
        if (matching.IsEmpty)
        {
            return MarketClearing.Nothing;
        }

        Matching rationed = matching.Rationed(rationing);
        if (payment == ReverseAuctionPayment.PayAsOffered)
        {
            return new MarketClearing(price: null, rationed.At(default(AskPrice)));
        }

        Price last = new(matching.LastAcceptedAsk);
        return new MarketClearing(last, rationed.At(new OnePrice(last)));
    }
}
