using Commonwatt.Agents;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Mandates;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Commonwatt.Node.Readings;

namespace Commonwatt.Node.Mandates;

/// <summary>All that the agent sees when it bids for a member: that member's mandate, orders, money, connection and readings, and what everybody sees.</summary>
/// <param name="Id">The member.</param>
/// <param name="Member">What is registered of him.</param>
/// <param name="Mandate">His mandate.</param>
/// <param name="Orders">His orders in the listing, by label.</param>
/// <param name="Available">What he may still set aside.</param>
/// <param name="PlacedInHour">What an agent has placed for him in the hour of the delivery.</param>
/// <param name="Period">The period.</param>
/// <param name="Terms">What holds for everybody.</param>
/// <param name="Expected">What his meter is expected to show: import above zero.</param>
internal sealed record MemberView(
    MemberId Id,
    Member Member,
    Mandate Mandate,
    IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> Orders,
    Money Available,
    Energy PlacedInHour,
    DeliveryPeriod Period,
    ListingTerms Terms,
    Energy Expected)
{
    /// <summary>What the agent has placed in this listing, or null.</summary>
    public PlacedOrder? OwnOrder(byte label)
    {
        foreach ((OrderKey key, PlacedOrder order) in Orders)
        {
            if (key.Label == label)
            {
                return order;
            }
        }

        return null;
    }

    /// <summary>Whether the member has placed something himself, so that he trades in this period in person.</summary>
    public bool MemberTrades => Orders.Any(order => order.Value.Agent == Address.Nobody);
}

/// <summary>What holds for all in a listing.</summary>
/// <param name="Retail">The utility's price.</param>
/// <param name="FeedIn">What the utility pays.</param>
/// <param name="LocalGridFee">What a buyer pays the grid's operator.</param>
internal readonly record struct ListingTerms(Price Retail, Price FeedIn, Price LocalGridFee);

/// <summary>Looks at one member, and at no other.</summary>
/// <param name="rules">The contracts.</param>
/// <param name="readings">The readings.</param>
/// <param name="forecast">Says what a meter will show.</param>
internal sealed class MemberEyes(CommunityRules rules, ReadingStore readings, IForecast forecast)
{
    private const int DaysSeen = 15;

    /// <summary>What the agent sees of a member before it bids for him in a listing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="id">The member.</param>
    /// <param name="mandate">His mandate.</param>
    /// <param name="listing">The open listing, with the orders of this member alone.</param>
    public MemberView Look(StateReader state, MemberId id, Mandate mandate, OpenListing listing)
    {
        Member member = rules.Registry.MemberWith(state, id);
        return new MemberView(
            id,
            member,
            mandate,
            listing.OrdersOf(id),
            rules.Wallet.AccountOf(state, member.Address).Available,
            rules.Mandates.PlacedIn(state, id, listing.Period.Start),
            listing.Period,
            listing.Terms,
            Expect(id, listing.Period));
    }

    // Time is counted in periods from some days ago on, in the grid that the delivery stands in.
    private Energy Expect(MemberId id, DeliveryPeriod delivery)
    {
        Instant first = delivery.Start - TimeSpan.FromDays(DaysSeen);
        long length = (long)delivery.Length.TotalMilliseconds;
        PeriodRow[] seen = [.. readings.PeriodsOf(id.Value, first, delivery.Start).Where(row => row.LengthMs == length)];
        if (seen.Length == 0)
        {
            return Energy.Zero;
        }

        int known = PlaceOf(seen[^1].Delivery) + 1;
        int[] net = new int[known];
        var states = new ReadingState[known];
        Array.Fill(states, ReadingState.Missing);
        foreach (PeriodRow row in seen)
        {
            int place = PlaceOf(row.Delivery);
            net[place] = (int)long.Clamp(row.Import - row.Export, int.MinValue, int.MaxValue);
            states[place] = ReadingState.Measured;
        }

        return forecast.Net(PlaceOf(delivery.Start.UnixMilliseconds), new MemberHistory(net, states, (int)(TimeSpan.TicksPerDay / delivery.Length.Ticks)));

        int PlaceOf(long time) => (int)((time - first.UnixMilliseconds) / length);
    }
}
