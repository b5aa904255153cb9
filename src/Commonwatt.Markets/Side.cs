namespace Commonwatt.Markets;

/// <summary>Which side of the market an order stands on.</summary>
public enum Side : byte
{
    /// <summary>A bid: the member wants to buy, at the limit price or below.</summary>
    Buy,

    /// <summary>An ask: the member wants to sell, at the limit price or above.</summary>
    Sell,
}
