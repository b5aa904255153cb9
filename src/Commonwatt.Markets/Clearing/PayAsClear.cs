namespace Commonwatt.Markets.Clearing;

/// <summary>Price-time matching at one price, the middle of all prices at which supply meets demand.</summary>
/// <remarks>
/// The price is the middle, truncated, of the interval from the higher of the last accepted ask and the first rejected bid to the lower of the
/// last accepted bid and the first rejected ask; an order filled in part counts as accepted and as rejected. It is where the aggregated
/// curves of source 002, chapter 7, figure 3 cross. No rejected order would have traded at it, and welfare is the greatest possible.
/// </remarks>
/// <param name="rationing">How equal prices at the margin share.</param>
public sealed class PayAsClear(Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "pay-as-clear";

    /// <inheritdoc/>
    public MarketClearing Clear(ReadOnlySpan<Order> orders)
    {
        Matching matching = Matching.Of(OrderBook.Of(orders));
        if (matching.IsEmpty)
        {
            return MarketClearing.Nothing;
        }

        Price price = ClearingPrice(matching);
        return new MarketClearing(price, matching.Rationed(rationing).At(new OnePrice(price)));
    }

    /// <summary>The middle of the prices at which a matching that is not empty clears its market.</summary>
    internal static Price ClearingPrice(Matching matching)
    {
        long low = long.Max(matching.LastAcceptedAsk, matching.FirstRejectedBid ?? matching.LastAcceptedAsk);
        long high = long.Min(matching.LastAcceptedBid, matching.FirstRejectedAsk ?? matching.LastAcceptedBid);
        return new Price(Middle.Of(low, high));
    }
}
