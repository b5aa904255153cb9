namespace Commonwatt.Markets.Clearing;

/// <summary>The price of one matched pair, from the limits of its two orders.</summary>
internal interface IPairPrice
{
    Price Of(long bid, long ask);
}

/// <summary>Every pair trades at one price.</summary>
internal readonly record struct OnePrice(Price Price) : IPairPrice
{
    public Price Of(long bid, long ask) => Price;
}

/// <summary>The buyer pays what he bid.</summary>
internal readonly record struct BidPrice : IPairPrice
{
    public Price Of(long bid, long ask) => new(bid);
}

/// <summary>The seller gets what he asked.</summary>
internal readonly record struct AskPrice : IPairPrice
{
    public Price Of(long bid, long ask) => new(ask);
}

/// <summary>Buyer and seller meet in the middle.</summary>
internal readonly record struct MiddlePrice : IPairPrice
{
    public Price Of(long bid, long ask) => new(Middle.Of(bid, ask));
}

/// <summary>The middle of two prices that are zero or more, truncated.</summary>
internal static class Middle
{
    // Halving the difference instead of the sum keeps within the range of a long.
    public static long Of(long one, long other) => one < other ? one + ((other - one) / 2) : other + ((one - other) / 2);
}
