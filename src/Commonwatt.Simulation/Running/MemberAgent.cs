using Commonwatt.Agents;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>Bids for one member by transactions, as a person or a home's energy manager would.</summary>
/// <param name="data">What the member does and how it decides.</param>
/// <param name="sender">The member's key and nonces.</param>
internal sealed class MemberAgent(MemberData data, TransactionBuilder sender)
{
    private const uint OnlyOrder = 1;
    private const long NegligiblePart = 8;

    // What was bid for deliveries that the market may still be open for.
    private readonly Dictionary<Instant, Bid> bids = [];

    /// <summary>What the member decides at one moment for one period.</summary>
    /// <param name="situation">What it knows.</param>
    /// <param name="delivery">The start of the period.</param>
    /// <param name="now">The time.</param>
    /// <param name="orderStands">Whether the ledger holds an order of the member for the period; it may have refused the one that was sent.</param>
    /// <returns>A transaction, or null where there is nothing to change.</returns>
    public SignedTransaction? Decide(in BiddingSituation situation, Instant delivery, Instant now, bool orderStands)
    {
        if (data.Strategy.Decide(situation) is not { } bid)
        {
            return orderStands ? Withdraw(delivery, now) : null;
        }

        if (data.LooksAgain && orderStands && bids.TryGetValue(delivery, out Bid standing) && IsNearlyThe(standing, bid))
        {
            return null;
        }

        Remember(bid, delivery, now);
        return Place(bid, delivery, now, isNew: !orderStands);
    }

    // Who looks again writes only where it matters: each transaction costs everybody something.
    private static bool IsNearlyThe(Bid standing, Bid bid) =>
        standing.Side == bid.Side && standing.Limit == bid.Limit && Energy.Abs(bid.Quantity - standing.Quantity).WattHours <= standing.Quantity.WattHours / NegligiblePart;

    private void Remember(Bid bid, Instant delivery, Instant now)
    {
        if (!data.LooksAgain)
        {
            return;
        }

        foreach (Instant past in bids.Keys.Where(key => key <= now).ToArray())
        {
            bids.Remove(past);
        }

        bids[delivery] = bid;
    }

    private SignedTransaction Place(Bid bid, Instant delivery, Instant now, bool isNew)
    {
        OrderSide side = bid.Side == BidSide.Buy ? OrderSide.Buy : OrderSide.Sell;
        if (isNew)
        {
            var order = new PlaceOrder
            {
                DeliveryMs = delivery.UnixMilliseconds,
                Label = OnlyOrder,
                Side = side,
                QuantityWh = bid.Quantity.WattHours,
                LimitPrice = bid.Limit.MicrosPerKilowattHour,
            };
            return sender.Build(now, TransactionBuilder.Call("market", "place", order));
        }

        var replacement = new ReplaceOrder
        {
            DeliveryMs = delivery.UnixMilliseconds,
            Label = OnlyOrder,
            Side = side,
            QuantityWh = bid.Quantity.WattHours,
            LimitPrice = bid.Limit.MicrosPerKilowattHour,
        };
        return sender.Build(now, TransactionBuilder.Call("market", "replace", replacement));
    }

    private SignedTransaction Withdraw(Instant delivery, Instant now)
    {
        var order = new WithdrawOrder { DeliveryMs = delivery.UnixMilliseconds, Label = OnlyOrder };
        return sender.Build(now, TransactionBuilder.Call("market", "withdraw", order));
    }
}
