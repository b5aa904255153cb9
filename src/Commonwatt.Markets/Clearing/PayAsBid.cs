namespace Commonwatt.Markets.Clearing;

/// <summary>Price-time matching in which each buyer pays what he bid.</summary>
/// <remarks>Usual in the field; not in the sources. Welfare is the greatest possible.</remarks>
/// <param name="rationing">How equal prices at the margin share.</param>
public sealed class PayAsBid(Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "pay-as-bid";

    /// <inheritdoc/>
    public MarketClearing Clear(ReadOnlySpan<Order> orders) =>
        new(price: null, Matching.Of(OrderBook.Of(orders)).Rationed(rationing).At(default(BidPrice)));
}
