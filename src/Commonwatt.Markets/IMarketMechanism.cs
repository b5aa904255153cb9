namespace Commonwatt.Markets;

/// <summary>A rule that turns one delivery period's orders into trades.</summary>
/// <remarks>
/// For every mechanism and any orders: nobody buys above or sells below the limit he named; no order fills beyond its quantity; total bought
/// equals total sold; the result depends on the set of orders and their sequence, not on how they are stored. There is no rule against
/// trading with oneself: a member whose bid and ask cross trades with himself, and pays no more than the grid fee for it.
/// </remarks>
public interface IMarketMechanism
{
    /// <summary>The name in configuration files and on the command line, such as <c>pay-as-clear</c>.</summary>
    string Name { get; }

    /// <summary>Clears the orders of one delivery period.</summary>
    /// <param name="orders">The orders, stored in any order. Clearing is fastest where they are stored by <see cref="Order.Sequence"/>.</param>
    /// <returns>The trades, and the one price where the mechanism has one.</returns>
    /// <exception cref="ArgumentException">
    /// An order has a quantity that is not positive or a negative limit price, two orders share a sequence number, or the mechanism
    /// cannot take these orders; the message names the orders.
    /// </exception>
    /// <exception cref="OverflowException">A trade's amount does not fit a <see langword="long"/>.</exception>
    MarketClearing Clear(ReadOnlySpan<Order> orders);
}
