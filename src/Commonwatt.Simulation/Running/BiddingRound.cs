using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>A moment between the opening of a listing and its gate at which members decide.</summary>
/// <param name="Progress">How far the time between the two has run: 0 at the opening, 1 at the gate.</param>
internal readonly record struct BiddingRound(double Progress)
{
    /// <summary>Whether no round comes before.</summary>
    public bool IsFirst => Progress <= 0;

    /// <summary>The rounds of a member: a strategy that concedes with time decides three times, any other once.</summary>
    public static IReadOnlyList<BiddingRound> Of(BiddingStrategyKind strategy) => strategy == BiddingStrategyKind.Linear
        ? [new(0), new(0.5), new(0.95)]
        : [new(0)];

    /// <summary>The rounds of a member: those of its strategy, and one more where it looks again.</summary>
    public static IReadOnlyList<BiddingRound> Of(MemberData member) => (Of(member.Rules.Strategy), member.LooksAgain) switch
    {
        ([BiddingRound only], true) => [only, BeforeGate],
        (var rounds, _) => rounds,
    };

    /// <summary>The round in which members look again once the newest readings before the gate are there.</summary>
    public static BiddingRound BeforeGate { get; } = new(0.98);

    /// <summary>How long before delivery the round is.</summary>
    public TimeSpan Lead(MarketRules market) =>
        TimeSpan.FromMilliseconds((long)(market.ListingLead - ((market.ListingLead - market.Gate) * Progress)).TotalMilliseconds);
}
