using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>A moment between the opening of a listing and its gate at which members decide.</summary>
/// <param name="Progress">How far the time between the two has run: 0 at the opening, 1 at the gate.</param>
/// <param name="IsLast">Whether no round follows.</param>
internal readonly record struct BiddingRound(double Progress, bool IsLast)
{
    /// <summary>The rounds of a member: a strategy that concedes with time decides three times, any other once.</summary>
    public static IReadOnlyList<BiddingRound> Of(BiddingStrategyKind strategy) => strategy == BiddingStrategyKind.Linear
        ? [new(0, IsLast: false), new(0.5, IsLast: false), new(0.95, IsLast: true)]
        : [new(0, IsLast: true)];

    /// <summary>How long before delivery the round is.</summary>
    public TimeSpan Lead(MarketRules market) =>
        TimeSpan.FromMilliseconds((long)(market.ListingLead - ((market.ListingLead - market.Gate) * Progress)).TotalMilliseconds);
}
