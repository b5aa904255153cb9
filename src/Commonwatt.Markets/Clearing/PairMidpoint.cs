namespace Commonwatt.Markets.Clearing;

/// <summary>Price-time matching in which each pair trades at the middle of its bid and its ask.</summary>
/// <remarks>Source 002, chapter 9, algorithm 1. Welfare is the greatest possible.</remarks>
/// <param name="rationing">How equal prices at the margin share.</param>
public sealed class PairMidpoint(Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "pair-midpoint";

    /// <inheritdoc/>
    public MarketClearing Clear(ReadOnlySpan<Order> orders) =>
        new(price: null, Matching.Of(OrderBook.Of(orders)).Rationed(rationing).At(default(MiddlePrice)));
}
