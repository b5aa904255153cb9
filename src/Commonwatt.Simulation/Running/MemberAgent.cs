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

    // Orders that stand: those of the listings that are open at once are few.
    private readonly HashSet<int> standing = [];

    /// <summary>Who it bids as.</summary>
    public TransactionBuilder Sender => sender;

    /// <summary>What the member decides at one moment for one period.</summary>
    /// <param name="situation">What it knows.</param>
    /// <param name="delivery">The start of the period.</param>
    /// <param name="now">The time.</param>
    /// <param name="isLast">Whether it decides no more before the gate closes.</param>
    /// <returns>A transaction, or null where there is nothing to change.</returns>
    public SignedTransaction? Decide(in BiddingSituation situation, Instant delivery, Instant now, bool isLast)
    {
        Bid? bid = data.Strategy.Decide(situation);
        bool stands = isLast ? standing.Remove(situation.Period) : standing.Contains(situation.Period);
        if (bid is not { } wanted)
        {
            return stands ? Withdraw(situation.Period, delivery, now) : null;
        }

        if (!isLast)
        {
            standing.Add(situation.Period);
        }

        return Place(wanted, delivery, now, isNew: !stands);
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

    private SignedTransaction Withdraw(int period, Instant delivery, Instant now)
    {
        standing.Remove(period);
        var order = new WithdrawOrder { DeliveryMs = delivery.UnixMilliseconds, Label = OnlyOrder };
        return sender.Build(now, TransactionBuilder.Call("market", "withdraw", order));
    }
}
