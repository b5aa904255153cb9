namespace Commonwatt.Markets;

/// <summary>The result of clearing one delivery period's orders.</summary>
public sealed class MarketClearing
{
    /// <summary>A clearing in which nothing traded.</summary>
    public static readonly MarketClearing Nothing = new(price: null, []);

    /// <summary>A result made of trades.</summary>
    /// <param name="price">The one price of all trades, or null where each pair has its own or the orders make none.</param>
    /// <param name="trades">The trades in the order they were made.</param>
    public MarketClearing(Price? price, IReadOnlyList<Trade> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        Price = price;
        Trades = trades;
    }

    /// <summary>The one price of all trades, or null where each pair has its own or the orders make none.</summary>
    public Price? Price { get; }

    /// <summary>The trades in the order they were made.</summary>
    public IReadOnlyList<Trade> Trades { get; }

    /// <summary>How much was traded altogether, in Wh; counted anew at each call.</summary>
    /// <exception cref="OverflowException">The sum does not fit a <see langword="long"/>.</exception>
    public Energy TradedEnergy
    {
        get
        {
            Energy sum = Energy.Zero;
            for (int index = 0; index < Trades.Count; index++)
            {
                sum += Trades[index].Quantity;
            }

            return sum;
        }
    }
}
