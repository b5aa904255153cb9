using Commonwatt.Contracts;
using Commonwatt.Contracts.Market;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;

namespace Commonwatt.Node.Mandates;

/// <summary>A listing that takes orders.</summary>
/// <param name="period">Its period.</param>
/// <param name="terms">What holds for all in it.</param>
/// <param name="opened">When it opened.</param>
/// <param name="gate">When it closes.</param>
/// <param name="orders">Its orders.</param>
internal sealed class OpenListing(DeliveryPeriod period, ListingTerms terms, Instant opened, Instant gate, IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> orders)
{
    /// <summary>How often the agent looks at a listing at least: at the opening, twice on the way, and shortly before the gate. It looks again whenever another period was measured after that.</summary>
    public const int Looks = 4;

    private const double LastLook = 0.96;

    // By then the readings of a period's end have come in.
    private static readonly TimeSpan Measuring = TimeSpan.FromMinutes(5);

    private readonly ILookup<MemberId, KeyValuePair<OrderKey, PlacedOrder>> byMember = orders.ToLookup(order => order.Key.Member);

    /// <summary>The period.</summary>
    public DeliveryPeriod Period => period;

    /// <summary>What holds for all in it.</summary>
    public ListingTerms Terms => terms;

    /// <summary>The listings that take orders at a time.</summary>
    public static IEnumerable<OpenListing> All(CommunityRules rules, StateReader state, Instant now)
    {
        foreach ((TimeKey key, Listing listing) in rules.Market.Listings(state))
        {
            Instant gate = key.Time - listing.Parameters.GateLead;
            if (!listing.IsCleared && !listing.Parameters.IsSharing && now < gate && rules.Governance.TariffAt(state, key.Time) is { } tariff)
            {
                yield return new OpenListing(
                    new DeliveryPeriod(key.Time, listing.Parameters.PeriodLength),
                    new ListingTerms(tariff.Retail, tariff.FeedIn, listing.Parameters.LocalGridFee),
                    key.Time - listing.Parameters.ListingLead,
                    gate,
                    rules.Market.Orders(state, key.Time));
            }
        }
    }

    /// <summary>The orders of one member.</summary>
    public IReadOnlyList<KeyValuePair<OrderKey, PlacedOrder>> OrdersOf(MemberId member) => [.. byMember[member]];

    /// <summary>The how-manieth look it is time for, from 0.</summary>
    public int LookAt(Instant now)
    {
        Instant last = opened + ((gate - opened) * LastLook);
        return now < last
            ? (int)Math.Clamp((now - opened).Ticks * (Looks - 1) / double.Max(1, (last - opened).Ticks), 0, Looks - 2)
            : Looks - 1 + (int)(MeasuredBy(now) - MeasuredBy(last));
    }

    // How many periods are measured, counted from the one that is delivered.
    private long MeasuredBy(Instant time) => (long)Math.Floor((time - Measuring - period.Start) / period.Length);
}
