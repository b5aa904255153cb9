namespace Commonwatt.Markets;

/// <summary>A wish to buy or sell energy in one delivery period.</summary>
/// <param name="Id">The number the trades name this order by.</param>
/// <param name="Member">Who placed it. A member may place several orders, on both sides; they may trade with each other.</param>
/// <param name="Side">Whether this is a bid or an ask.</param>
/// <param name="Quantity">How much, in Wh; more than zero. An order fills in part.</param>
/// <param name="LimitPrice">The highest price to buy at, or the lowest to sell at; zero or more.</param>
/// <param name="Sequence">The place in the order of arrival; earlier is smaller, and no two orders of one clearing share one.</param>
/// <remarks>
/// An ask is the <c>RESOffer</c> of source 001 and the <c>PVoffer</c> of source 004; a bid is the <c>BUYOffer</c> of both.
/// Two orders that are alike but for number and sequence are two orders.
/// </remarks>
public readonly record struct Order(OrderId Id, MemberId Member, Side Side, Energy Quantity, Price LimitPrice, long Sequence);
