namespace Commonwatt.Markets.Clearing;

/// <summary>Price-time matching at one price, the middle of the last accepted bid and the last accepted ask.</summary>
/// <remarks>Source 002, chapter 9, table 4: its 23 token/kWh. Welfare is the greatest possible.</remarks>
/// <param name="rationing">How equal prices at the margin share.</param>
public sealed class UniformMidpoint(Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "uniform-midpoint";

    /// <inheritdoc/>
    public MarketClearing Clear(ReadOnlySpan<Order> orders)
    {
        Matching matching = Matching.Of(OrderBook.Of(orders));
        if (matching.IsEmpty)
        {
            return MarketClearing.Nothing;
        }

        Price price = new(Middle.Of(matching.LastAcceptedBid, matching.LastAcceptedAsk));
        return new MarketClearing(price, matching.Rationed(rationing).At(new OnePrice(price)));
    }
}
