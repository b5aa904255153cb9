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
    /// <summary>How often the agent looks at a listing between its opening and its gate: at the opening, twice on the way, and when nearly all readings before the gate are there.</summary>
    public const int Looks = 4;

    private const double LastLook = 0.96;

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
    public int LookAt(Instant now) => (int)Math.Clamp((now - opened).Ticks * (Looks - 1) / (LastLook * long.Max(1, (gate - opened).Ticks)), 0, Looks - 1);
}
