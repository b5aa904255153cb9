using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Running;

/// <summary>Members decide by what they have seen: nothing that happens later changes what they did.</summary>
public class WhatMembersKnowTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(41)]
    public void Trades_do_not_depend_on_readings_that_come_after_the_decision(int changed)
    {
        Scenario scenario = SmallNeighbourhood.Create(days: 3);
        using var one = new RunOf(scenario);
        CommunityData otherFuture = CommunityData.Prepare(scenario).Required();
        foreach (int[] net in otherFuture.Members.Select(member => member.Net))
        {
            for (int period = changed; period < net.Length; period++)
            {
                net[period] += 400;
            }
        }

        using var other = new RunOf(otherFuture);

        // The listing of the next period opens before this one is over; the one after next may know of it.
        string lastAlike = otherFuture.Grid.StartOf(changed + 1).ToString();
        Assert.NotEmpty(UpTo(one, lastAlike));
        Assert.Equal(UpTo(one, lastAlike), UpTo(other, lastAlike));
        Assert.NotEqual(one.Trades(), other.Trades());
    }

    private static IEnumerable<string> UpTo(RunOf run, string period) =>
        run.Trades().Where(row => string.CompareOrdinal(row[..period.Length], period) <= 0);
}
