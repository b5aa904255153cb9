using System.Text.Json;
using Commonwatt.Markets;

namespace Commonwatt.Node.Orders;

/// <summary>What <c>clear</c> has to say about a cleared file of orders.</summary>
/// <param name="Mechanism">The mechanism's name.</param>
/// <param name="Book">The orders.</param>
/// <param name="Clearing">The trades.</param>
internal sealed record ClearingOutcome(string Mechanism, OrderBookFile Book, MarketClearing Clearing)
{
    /// <summary>How many orders buy.</summary>
    public int Bids
    {
        get
        {
            int bids = 0;
            foreach (Order order in Book.Orders)
            {
                bids += order.Side == Side.Buy ? 1 : 0;
            }

            return bids;
        }
    }

    /// <summary>How much was traded.</summary>
    public Energy Traded => Clearing.TradedEnergy;

    /// <summary>What buyers pay and sellers get.</summary>
    public Money Amount => Clearing.Trades.Aggregate(Money.Zero, (sum, trade) => sum + trade.Amount);

    /// <summary>What the trades are worth: the energy at the bids' limits less the energy at the asks' limits.</summary>
    public Money Welfare
    {
        get
        {
            ReadOnlySpan<Order> orders = Book.Orders;
            Int128 thousandths = 0;
            foreach (Trade trade in Clearing.Trades)
            {
                Price gap = orders[(int)trade.Buy.Value].LimitPrice - orders[(int)trade.Sell.Value].LimitPrice;
                thousandths += (Int128)gap.MicrosPerKilowattHour * trade.Quantity.WattHours;
            }

            return new Money(checked((long)(thousandths / 1000)));
        }
    }

    /// <summary>Writes the outcome as one JSON object.</summary>
    public void WriteJson(TextWriter output)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("mechanism", Mechanism);
            json.WriteNumber("orders", Book.Orders.Length);
            json.WriteNumber("bids", Bids);
            json.WriteNumber("asks", Book.Orders.Length - Bids);
            json.WritePropertyName("price");
            json.WriteRawValue(Clearing.Price?.ToDecimal() ?? "null");
            json.WritePropertyName("tradedKwh");
            json.WriteRawValue(Traded.ToKilowattHours());
            json.WriteNumber("trades", Clearing.Trades.Count);
            json.WritePropertyName("amount");
            json.WriteRawValue(Amount.ToDecimal());
            json.WritePropertyName("welfare");
            json.WriteRawValue(Welfare.ToDecimal());
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
