using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Google.Protobuf;

namespace Commonwatt.Contracts.Market;

/// <content>Members place, replace and withdraw orders until the gate closes.</content>
public sealed partial class MarketContract
{
    private Outcome Place(CallContext context, OrderRequest request, ByteString forMember)
    {
        Outcome open = FindOpenListing(context, request.Delivery, out Listing listing);
        if (!open.IsDone)
        {
            return open;
        }

        if (request.Check() is { IsDone: false } wrong)
        {
            return wrong;
        }

        Outcome known = FindTrader(context, forMember, out Trader trader);
        if (!known.IsDone || trader.Member.IsSuspended)
        {
            return known.IsDone ? NoMember(trader.Member.Address) : known;
        }

        OrderKey key = request.KeyOf(trader.Id);
        bool exists = orders.TryFind(context, key, out PlacedOrder before);
        if (exists == request.IsNew)
        {
            return request.IsNew
                ? Outcome.Refused("label-taken", $"You have an order {request.Label} in this listing already: replace it, or give the new one another label.")
                : Outcome.Refused("no-such-order", $"You have no order {request.Label} in this listing to replace.");
        }

        if (CheckCapacity(context, listing, trader.Member, key, request.Side, request.Quantity) is { IsDone: false } tooMuch)
        {
            return tooMuch;
        }

        return CountForMandate(context, trader, request, before) is { IsDone: false } beyond ? beyond : Place(context, listing, trader, request, key, before);
    }

    private Outcome Place(CallContext context, Listing listing, in Trader trader, OrderRequest request, OrderKey key, in PlacedOrder before)
    {
        Money locked = request.Side == Side.Buy ? request.Quantity.At(request.LimitPrice + listing.Parameters.LocalGridFee) : Money.Zero;
        Money more = locked - before.Locked;
        if (!more.IsZero && wallet.Lock(context, trader.Member.Address, more) is { IsDone: false } missing)
        {
            return missing;
        }

        Keep(context, key, new PlacedOrder(request.Side, request.Quantity, request.LimitPrice, NextSequence(context), locked, trader.Agent));
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

        Outcome known = FindTrader(context, call.ForMember, out Trader trader);
        if (!known.IsDone && !call.ForMember.IsEmpty)
        {
            return known;
        }

        var key = new OrderKey(delivery, trader.Id, (byte)uint.Min(call.Label, byte.MaxValue));
        if (!known.IsDone || !orders.TryFind(context, key, out PlacedOrder order))
        {
            return Outcome.Refused("no-such-order", $"You have no order {call.Label} in the listing for {delivery}.");
        }

        if (ReleaseFromMandate(context, trader, key, order) is { IsDone: false } own)
        {
            return own;
        }

        orders.Remove(context, key);
        wallet.Book(context, trader.Member.Address, Money.Zero, -order.Locked);
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
