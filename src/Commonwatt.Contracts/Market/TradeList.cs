using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Market;

/// <summary>The trades of a period.</summary>
/// <param name="Trades">In the order they were made.</param>
public sealed record TradeList(MemberTrade[] Trades) : ICanonical<TradeList>
{
    /// <summary>No trades.</summary>
    public static TradeList None { get; } = new([]);

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Trades.Length);
        foreach (MemberTrade trade in Trades)
        {
            writer.UInt32((uint)trade.Buyer.Value);
            writer.UInt32((uint)trade.Seller.Value);
            writer.Int64(trade.Quantity.WattHours);
            writer.Int64(trade.Price.MicrosPerKilowattHour);
            writer.Int64(trade.Amount.Micros);
        }
    }

    /// <inheritdoc/>
    public static TradeList Read(ref CanonicalReader reader)
    {
        var trades = new List<MemberTrade>();
        for (uint left = reader.UInt32(); left > 0; left--)
        {
            trades.Add(new MemberTrade(
                new MemberId(reader.UInt32()),
                new MemberId(reader.UInt32()),
                new Energy(reader.Int64()),
                new Price(reader.Int64()),
                new Money(reader.Int64())));
        }

        return new TradeList([.. trades]);
    }
}
