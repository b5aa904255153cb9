using Commonwatt.Markets.Settlement;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>The rules of a community's market. Names are those of the scenario file.</summary>
public sealed record MarketRules
{
    /// <summary>The mechanisms that a scenario can name; <c>continuous</c> is no clearing at the gate and is not among them.</summary>
    public static IReadOnlyList<string> Mechanisms { get; } =
    [
        "pay-as-clear",
        "uniform-midpoint",
        "pair-midpoint",
        "pay-as-bid",
        "average-bid-fifo",
        "reverse-auction",
        "trade-reduction",
        "nearest-neighbour",
        "sharing-key",
    ];

    /// <summary>The ways to share at the marginal price.</summary>
    public static IReadOnlyList<string> Rationings { get; } = ["arrival", "pro-rata"];

    /// <summary>The keys that <c>sharing-key</c> divides a surplus by.</summary>
    public static IReadOnlyList<string> SharingKeys { get; } = ["dynamic", "static", "tiered"];

    /// <summary>One of <see cref="Mechanisms"/>.</summary>
    public string Mechanism { get; init; } = "pay-as-clear";

    /// <summary>One of <see cref="Rationings"/>.</summary>
    public string Rationing { get; init; } = "arrival";

    /// <summary>Whether deviations first meet each other inside the community (<c>pooled</c>) or go to the utility one by one (<c>utility</c>).</summary>
    public ImbalanceRule Imbalance { get; init; } = ImbalanceRule.Pooled;

    /// <summary>What a seller pays to the community fund for each kWh sold and not delivered.</summary>
    public Price ShortfallPenalty { get; init; }

    /// <summary>How long before delivery the listing opens.</summary>
    public TimeSpan ListingLead { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long before delivery the gate closes; shorter than <see cref="ListingLead"/>.</summary>
    public TimeSpan Gate { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after the end of delivery readings may come in.</summary>
    public TimeSpan ReadingDeadline { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The price of <c>nearest-neighbour</c> and <c>sharing-key</c>; null for the middle between what a buyer and a seller could do at best with the utility.</summary>
    public Price? FixedPrice { get; init; }

    /// <summary>Distances between members for <c>nearest-neighbour</c>, each counted both ways; for other pairs see <see cref="CommunityData.Distance"/>.</summary>
    public IReadOnlyList<MemberDistance> Distances { get; init; } = [];

    /// <summary>One of <see cref="SharingKeys"/>.</summary>
    public string SharingKey { get; init; } = "dynamic";
}

/// <summary>How far apart two members are.</summary>
/// <param name="From">One member's id.</param>
/// <param name="To">The other's.</param>
/// <param name="Metres">The distance in whole metres, zero or more.</param>
public sealed record MemberDistance(string From, string To, long Metres);
