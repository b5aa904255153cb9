using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Running;

/// <summary>Something that happens in every period: members with a strategy decide, or meters report.</summary>
/// <param name="Round">The round of bidding; null where meters report.</param>
/// <param name="Strategy">Whose round it is.</param>
internal readonly record struct PeriodAction(BiddingRound? Round, BiddingStrategyKind Strategy)
{
    /// <summary>What happens in every period of a community, each with its time from the start of delivery. Meters come first at the same moment.</summary>
    public static IEnumerable<(TimeSpan Offset, PeriodAction Action)> All(CommunityData data)
    {
        yield return (data.Grid.Length, default);
        MarketRules market = data.Scenario.Market;
        if (market.Mechanism is "nearest-neighbour" or "sharing-key")
        {
            yield break;
        }

        foreach (IGrouping<BiddingStrategyKind, MemberData> members in data.Members.GroupBy(member => member.Rules.Strategy).OrderBy(group => group.Key))
        {
            foreach (BiddingRound round in members.SelectMany(BiddingRound.Of).Distinct())
            {
                yield return (-round.Lead(market), new PeriodAction(round, members.Key));
            }
        }
    }
}
