using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Market;

/// <content>Members place, replace and withdraw orders until the gate closes.</content>
public sealed partial class MarketContract
{
    private const byte MostLabels = 16;

    private Outcome Place(
        CallContext context, long deliveryMs, uint label, OrderSide orderSide, long quantityWh, long limitPrice, bool isNew)
    {
        var delivery = new Instant(deliveryMs);
        var quantity = new Energy(quantityWh);
        var price = new Price(limitPrice);
        Outcome open = FindOpenListing(context, delivery, out Listing listing);
        if (!open.IsDone)
        {
            return open;
        }

        if (CheckOrder(label, orderSide, quantity, price) is { IsDone: false } wrong)
        {
            return wrong;
        }

        if (!registry.TryFindMember(context, context.Sender, out MemberId id, out Member member) || member.IsSuspended)
        {
            return Outcome.Refused("not-a-member", $"Orders are for members who are not suspended: {context.Sender} is none.");
        }

        Side side = orderSide == OrderSide.Buy ? Side.Buy : Side.Sell;
        var key = new OrderKey(delivery, id, (byte)label);
        bool exists = orders.TryFind(context, key, out PlacedOrder before);
        if (exists == isNew)
        {
            return isNew
                ? Outcome.Refused("label-taken", $"You have an order {label} in this listing already: replace it, or give the new one another label.")
                : Outcome.Refused("no-such-order", $"You have no order {label} in this listing to replace.");
        }

        if (CheckCapacity(context, listing, member, key, side, quantity) is { IsDone: false } tooMuch)
        {
            return tooMuch;
        }

        Money locked = side == Side.Buy ? quantity.At(price + listing.Parameters.LocalGridFee) : Money.Zero;
        Money more = locked - before.Locked;
        if (!more.IsZero && wallet.Lock(context, context.Sender, more) is { IsDone: false } missing)
        {
            return missing;
        }

        Keep(context, key, new PlacedOrder(side, quantity, price, NextSequence(context), locked));
        return Outcome.Done;
    }

    private void Keep(CallContext context, OrderKey key, PlacedOrder order)
    {
        orders.Put(context, key, order);
        context.Emit(new OrderPlaced(key, order));
    }

    private Outcome Withdraw(CallContext context, WithdrawOrder call)
    {
        var delivery = new Instant(call.DeliveryMs);
        Outcome open = FindOpenListing(context, delivery, out _);
        if (!open.IsDone)
        {
            return open;
        }

        if (call.Label > MostLabels
            || !registry.TryFindMember(context, context.Sender, out MemberId id, out _)
            || !orders.TryFind(context, new OrderKey(delivery, id, (byte)call.Label), out PlacedOrder order))
        {
            return Outcome.Refused("no-such-order", $"You have no order {call.Label} in the listing for {delivery}.");
        }

        var key = new OrderKey(delivery, id, (byte)call.Label);
        orders.Remove(context, key);
        wallet.Book(context, context.Sender, Money.Zero, -order.Locked);
        context.Emit(new OrderWithdrawn(key));
        return Outcome.Done;
    }

    private Outcome FindOpenListing(CallContext context, Instant delivery, out Listing listing)
    {
        if (!listings.TryFind(context, new TimeKey(delivery), out listing))
        {
            return Outcome.Refused("no-listing", $"There is no open listing for a delivery that starts at {delivery}.");
        }

        if (listing.Parameters.IsSharing)
        {
            return Outcome.Refused("no-orders", $"This community shares by {listing.Parameters.Mechanism}: there are no orders to place.");
        }

        return listing.IsCleared || context.Time >= delivery - listing.Parameters.GateLead
            ? Outcome.Refused("gate-closed", $"The gate for the delivery at {delivery} closed at {delivery - listing.Parameters.GateLead}.")
            : Outcome.Done;
    }

    private static Outcome CheckOrder(uint label, OrderSide side, Energy quantity, Price price)
    {
        if (label is 0 or > MostLabels)
        {
            return Outcome.Refused("wrong-label", $"An order's label is 1 to {MostLabels}, not {label}.");
        }

        if (side is not (OrderSide.Buy or OrderSide.Sell))
        {
            return Outcome.Refused("wrong-side", $"An order buys (1) or sells (2): {(int)side} is neither.");
        }

        if (quantity <= Energy.Zero)
        {
            return Outcome.Refused("wrong-quantity", $"An order is for more than 0 kWh, not {quantity}.");
        }

        return price.IsNegative || price > CommunityLimits.HighestPrice
            ? Outcome.Refused("wrong-price", $"A limit price is 0 to {CommunityLimits.HighestPrice.ToDecimal()} a kWh, not {price.ToDecimal()}.")
            : Outcome.Done;
    }

    // A member sells at most what his assets can deliver in the period, and buys at most what his connection carries.
    private Outcome CheckCapacity(CallContext context, Listing listing, Member member, OrderKey key, Side side, Energy quantity)
    {
        Power capacity = side == Side.Buy ? member.Connection : Power.Min(member.Generation, member.Connection);
        Energy most = capacity.For(listing.Parameters.PeriodLength);
        Energy total = quantity;
        if (quantity <= most)
        {
            foreach ((OrderKey other, PlacedOrder order) in orders.StartingWith(context, new Metering.PeriodMember(key.Delivery, key.Member)))
            {
                total += other.Label != key.Label && order.Side == side ? order.Quantity : Energy.Zero;
            }
        }

        if (total <= most)
        {
            return Outcome.Done;
        }

        return side == Side.Buy
            ? Outcome.Refused("over-capacity", $"Your connection of {member.Connection} carries {most} in this period: bids for {total} exceed it.")
            : Outcome.Refused("over-capacity", $"Your registered assets deliver {most} in this period: asks for {total} exceed it.");
    }

    private ulong NextSequence(CallContext context)
    {
        ulong next = sequence.FindOr(context, Address.Nobody, default).Value + 1;
        sequence.Put(context, Address.Nobody, new Count(next));
        return next;
    }
}
