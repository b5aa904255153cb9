using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>A made-up neighbourhood small enough to run in a moment, with every strategy in it.</summary>
internal static class SmallNeighbourhood
{
    public static Scenario Create(int members = 8, int days = 2, int minutes = 60, string mechanism = "pay-as-clear")
    {
        Scenario scenario = MadeUpNeighbourhood.Create(members, days, TimeSpan.FromMinutes(minutes), seed: 7);
        return scenario with
        {
            Start = new DateOnly(2024, 6, 1),
            Market = new MarketRules { Mechanism = mechanism, ShortfallPenalty = new Price(20_000) },
            Members = [.. scenario.Members.Select((member, index) => member with { Strategy = (BiddingStrategyKind)(index % 3) })],
        };
    }
}
