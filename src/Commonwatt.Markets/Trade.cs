namespace Commonwatt.Markets;

/// <summary>What one bid and one ask agreed on.</summary>
/// <param name="Buy">The bid.</param>
/// <param name="Sell">The ask.</param>
/// <param name="Quantity">How much is delivered, in Wh; more than zero.</param>
/// <param name="Price">The price of this trade.</param>
/// <param name="Amount">What the buyer pays and the seller gets, one number: quantity times price, truncated.</param>
public readonly record struct Trade(OrderId Buy, OrderId Sell, Energy Quantity, Price Price, Money Amount);
