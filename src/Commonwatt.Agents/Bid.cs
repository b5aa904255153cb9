namespace Commonwatt.Agents;

/// <summary>Which side of the market a member stands on.</summary>
public enum BidSide
{
    /// <summary>The member wants energy.</summary>
    Buy,

    /// <summary>The member offers energy.</summary>
    Sell,
}

/// <summary>What a member is willing to do in one delivery period.</summary>
/// <param name="Side">Whether it buys or sells.</param>
/// <param name="Quantity">How much, in whole Wh, more than zero.</param>
/// <param name="Limit">The most it pays (buying) or the least it takes (selling) a kWh, zero or more; the local grid fee comes on top for the buyer.</param>
public readonly record struct Bid(BidSide Side, Energy Quantity, Price Limit);
