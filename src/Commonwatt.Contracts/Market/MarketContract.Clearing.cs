using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Market;

/// <content>The gate closes and the market clears.</content>
public sealed partial class MarketContract
{
    private Outcome SetNetworkLimit(CallContext context, SetNetworkLimit call)
    {
        var delivery = new Instant(call.DeliveryMs);
        if (!governance.Holds(context, context.Sender, Role.Dso))
        {
            return Outcome.Refused("not-dso", $"Only the operator of the grid sets its limits; {context.Sender} is not.");
        }

        if (!listings.TryFind(context, new TimeKey(delivery), out Listing listing) || listing.IsCleared)
        {
            return Outcome.Refused("no-listing", $"There is no open listing for a delivery that starts at {delivery}: a limit must be there before the gate closes.");
        }

        if (call.PowerW < 0)
        {
            return Outcome.Refused("wrong-limit", $"A limit is 0 kW or more, not {new Power(call.PowerW)}.");
        }

        networkLimits.Put(context, new TimeKey(delivery), new Count((ulong)call.PowerW));
        return Outcome.Done;
    }

    private Outcome ClearListing(CallContext context, PeriodStep step)
    {
        var delivery = new Instant(step.DeliveryMs);
        var key = new TimeKey(delivery);
        if (!listings.TryFind(context, key, out Listing listing))
        {
            throw new BrokenInvariantException($"There is no listing for {delivery} to clear.");
        }

        IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> placed = orders.StartingWith(context, key);
        MarketClearing clearing = ClearOrders(listing, placed);
        MemberTrade[] agreed = Array.ConvertAll([.. clearing.Trades], trade => OfMembers(trade, placed));
        agreed = Curtail(context, delivery, listing, agreed);
        MoveLocks(context, listing, placed, agreed);
        foreach ((OrderKey order, _) in placed)
        {
            orders.Remove(context, order);
        }

        listings.Put(context, key, listing with { IsCleared = true });
        networkLimits.Remove(context, key);
        var list = new TradeList(agreed);
        if (agreed.Length > 0)
        {
            trades.Put(context, key, list);
        }

        context.Emit(new MarketCleared(delivery, clearing.Price, list));
        return Outcome.Done;
    }

    // A reverse auction has one buyer, the first to bid: what others bid after him gets nothing, so that nobody can spoil the auction by a bid.
    private static MarketClearing ClearOrders(Listing listing, IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> placed)
    {
        var options = new MechanismOptions(listing.Parameters.Rationing, listing.Parameters.ReverseAuction);
        IMarketMechanism mechanism = Mechanisms.Find(listing.Parameters.Mechanism, options);
        var book = new Order[placed.Count];
        for (int index = 0; index < book.Length; index++)
        {
            (OrderKey key, PlacedOrder order) = placed[index];
            book[index] = new Order(new OrderId(index), key.Member, order.Side, order.Quantity, order.LimitPrice, (long)order.Sequence);
        }

        return mechanism.Clear(mechanism is Markets.Clearing.ReverseAuction ? WithFirstBidOnly(book) : book);
    }

    private static Order[] WithFirstBidOnly(Order[] book)
    {
        long first = long.MaxValue;
        foreach (Order order in book)
        {
            first = order.Side == Side.Buy ? long.Min(first, order.Sequence) : first;
        }

        return Array.FindAll(book, order => order.Side == Side.Sell || order.Sequence == first);
    }

    private static MemberTrade OfMembers(Trade trade, IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> placed) => new(
        placed[(int)trade.Buy.Value].Key.Member,
        placed[(int)trade.Sell.Value].Key.Member,
        trade.Quantity,
        trade.Price,
        trade.Amount);

    // Trades above the DSO's limit are cut pro rata before the result is final.
    private MemberTrade[] Curtail(CallContext context, Instant delivery, Listing listing, MemberTrade[] agreed)
    {
        if (!networkLimits.TryFind(context, new TimeKey(delivery), out Count limited))
        {
            return agreed;
        }

        var limit = new Power((long)limited.Value);
        Energy most = limit.For(listing.Parameters.PeriodLength);
        Energy before = Energy.Zero;
        foreach (MemberTrade trade in agreed)
        {
            before += trade.Quantity;
        }

        if (before <= most)
        {
            return agreed;
        }

        long[] kept = new long[agreed.Length];
        LargestRemainder.Divide(most.WattHours, Array.ConvertAll(agreed, trade => trade.Quantity.WattHours), kept);
        context.Emit(new TradesCurtailed(delivery, limit, before, most));
        var curtailed = new List<MemberTrade>(agreed.Length);
        for (int index = 0; index < agreed.Length; index++)
        {
            var quantity = new Energy(kept[index]);
            if (!quantity.IsZero)
            {
                curtailed.Add(agreed[index] with { Quantity = quantity, Amount = quantity.At(agreed[index].Price) });
            }
        }

        return [.. curtailed];
    }

    // What the orders set aside is released; what the trades cost stays aside until they are settled.
    private void MoveLocks(
        CallContext context, Listing listing, IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> placed, MemberTrade[] agreed)
    {
        var changes = new SortedDictionary<MemberId, Money>();
        foreach ((OrderKey key, PlacedOrder order) in placed)
        {
            changes[key.Member] = changes.GetValueOrDefault(key.Member) - order.Locked;
        }

        foreach (MemberTrade trade in agreed)
        {
            changes[trade.Buyer] += Cost(trade, listing.Parameters.LocalGridFee);
        }

        foreach ((MemberId member, Money change) in changes)
        {
            Address address = registry.MemberWith(context, member).Address;
            wallet.Book(context, address, Money.Zero, change);
        }
    }

    private static Money Cost(in MemberTrade trade, Price localGridFee) => trade.Amount + trade.Quantity.At(localGridFee);
}
