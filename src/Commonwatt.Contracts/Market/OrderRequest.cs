using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Market;

/// <summary>An order as a call asks for it.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Label">The member's own number for it.</param>
/// <param name="WireSide">Bid, ask, or something that is neither.</param>
/// <param name="Quantity">How much.</param>
/// <param name="LimitPrice">The most to pay, or the least to get.</param>
/// <param name="IsNew">Whether there must be none with this label yet, or must be one.</param>
internal readonly record struct OrderRequest(Instant Delivery, uint Label, OrderSide WireSide, Energy Quantity, Price LimitPrice, bool IsNew)
{
    private const byte MostLabels = 16;

    /// <summary>Bid or ask; <see cref="Check"/> comes first.</summary>
    public Side Side => WireSide == OrderSide.Buy ? Side.Buy : Side.Sell;

    public static OrderRequest From(PlaceOrder call) =>
        new(new Instant(call.DeliveryMs), call.Label, call.Side, new Energy(call.QuantityWh), new Price(call.LimitPrice), IsNew: true);

    public static OrderRequest From(ReplaceOrder call) =>
        new(new Instant(call.DeliveryMs), call.Label, call.Side, new Energy(call.QuantityWh), new Price(call.LimitPrice), IsNew: false);

    /// <summary>The order's key where it is a member's; <see cref="Check"/> comes first.</summary>
    public OrderKey KeyOf(MemberId member) => new(Delivery, member, (byte)Label);

    /// <summary>Whether the order is one at all, whoever places it.</summary>
    public Outcome Check()
    {
        if (Label is 0 or > MostLabels)
        {
            return Outcome.Refused("wrong-label", $"An order's label is 1 to {MostLabels}, not {Label}.");
        }

        if (WireSide is not (OrderSide.Buy or OrderSide.Sell))
        {
            return Outcome.Refused("wrong-side", $"An order buys (1) or sells (2): {(int)WireSide} is neither.");
        }

        if (Quantity <= Energy.Zero)
        {
            return Outcome.Refused("wrong-quantity", $"An order is for more than 0 kWh, not {Quantity}.");
        }

        return LimitPrice.IsNegative || LimitPrice > CommunityLimits.HighestPrice
            ? Outcome.Refused("wrong-price", $"A limit price is 0 to {CommunityLimits.HighestPrice.ToDecimal()} a kWh, not {LimitPrice.ToDecimal()}.")
            : Outcome.Done;
    }
}
