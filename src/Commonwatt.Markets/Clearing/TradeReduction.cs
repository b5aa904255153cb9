namespace Commonwatt.Markets.Clearing;

/// <summary>A double auction in which no member with one order gains by naming another price than his own.</summary>
/// <remarks>
/// <para>
/// McAfee, "A dominant strategy double auction" (1992), takes the price from orders that do not trade, or else drops the marginal pair and
/// lets buyers pay more than sellers get. With orders of many Wh and one amount for both sides that cannot stay truthful: a seller of a
/// large quantity would move the price by holding back. This is the budget-balanced successor for such orders, MUDA (Segal-Halevi, Hassidim
/// and Aumann, 2018), with its coin replaced by arrival.
/// </para>
/// <para>
/// The members are dealt into two halves in order of arrival, the buyers alternately and the sellers alternately; all orders of a member
/// are in the half of his first. Each half trades at the price that clears the other half. Who trades in a half, and at which
/// price, therefore hangs on his own price only through whether it meets a price he cannot move. The orders of a half that accept its price
/// have equal claims: they fill by arrival, or share by quantity. The trades that the halves could have made with each other are lost:
/// that is what truthfulness costs.
/// </para>
/// <para>
/// The price that clears a half is that of <see cref="PayAsClear"/>; where nothing in it would trade, the middle of its best bid and
/// best ask, or the one there is. If a half is empty, the other does not trade.
/// </para>
/// </remarks>
/// <param name="rationing">How the orders that accept the price share.</param>
public sealed class TradeReduction(Rationing rationing = Rationing.Arrival) : IMarketMechanism
{
    /// <inheritdoc/>
    public string Name => "trade-reduction";

    /// <inheritdoc/>
    public MarketClearing Clear(ReadOnlySpan<Order> orders)
    {
        Halves halves = Halves.Of(orders);
        List<Trade> trades = [];
        Price? first = TradeAt(PriceOf(halves.Second), halves.First, trades);
        Price? second = TradeAt(PriceOf(halves.First), halves.Second, trades);
        return new MarketClearing(OnlyOne(first, second), trades);
    }

    /// <summary>The price that clears these orders, or null where there are none.</summary>
    private static Price? PriceOf(Order[] orders)
    {
        OrderBook book = OrderBook.Of(orders);
        Matching matching = Matching.Of(book);
        if (!matching.IsEmpty)
        {
            return PayAsClear.ClearingPrice(matching);
        }

        return (matching.FirstRejectedBid, matching.FirstRejectedAsk) switch
        {
            ({ } bid, { } ask) => new Price(Middle.Of(bid, ask)),
            ({ } bid, null) => new Price(bid),
            (null, { } ask) => new Price(ask),
            _ => null,
        };
    }

    /// <summary>Adds the trades of a half at the other half's price.</summary>
    /// <returns>The price, or null where nothing traded.</returns>
    private Price? TradeAt(Price? price, Order[] orders, List<Trade> trades)
    {
        if (price is not { } given)
        {
            return null;
        }

        OrderBook book = OrderBook.Of(orders, Priority.Arrival, Priority.Arrival);
        OrderBook willing = new(
            Array.FindAll(book.Bids, bid => bid.Price >= given.MicrosPerKilowattHour),
            Array.FindAll(book.Asks, ask => ask.Price <= given.MicrosPerKilowattHour));
        Trade[] made = Matching.Of(willing).Rationed(rationing, Priority.Arrival, Priority.Arrival).At(new OnePrice(given));
        trades.AddRange(made);
        return made.Length > 0 ? given : null;
    }

    private static Price? OnlyOne(Price? first, Price? second) =>
        first is null || second is null || first == second ? first ?? second : null;
}
