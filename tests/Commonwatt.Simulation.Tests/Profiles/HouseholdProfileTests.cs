using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Profiles;

public class HouseholdProfileTests
{
    [Theory]
    [InlineData(1200)]
    [InlineData(3200)]
    [InlineData(9000)]
    public void A_household_comes_to_the_consumption_asked_for(long annual)
    {
        Scenario scenario = MadeUpNeighbourhood.Create(1, 365, TimeSpan.FromMinutes(15)) with { Members = [MadeUpYear.Home("a", pv: null, annual)] };

        Assert.InRange(CommunityData.Prepare(scenario).Required().Members[0].Load.Sum() / 1000.0, annual * 0.99, annual * 1.01);
    }

    [Fact]
    public void Households_together_peak_in_the_evening_and_sleep_at_night()
    {
        CommunityData data = CommunityData.Prepare(MadeUpNeighbourhood.Create(50, 28, TimeSpan.FromMinutes(15))).Required();
        int[] street = [.. Enumerable.Range(0, data.Grid.Count).Select(period => data.Members.Sum(member => member.Load[period]))];
        double[] byHour = MadeUpYear.ByLocalHour(data, street);

        Assert.InRange(Array.IndexOf(byHour, byHour.Max()), 18, 21);
        Assert.InRange(Array.IndexOf(byHour, byHour.Min()), 1, 5);
        Assert.All(byHour, hour => Assert.True(hour > 0));
    }

    [Fact]
    public void Households_use_more_in_winter_and_live_differently_at_the_weekend()
    {
        CommunityData data = CommunityData.Prepare(MadeUpNeighbourhood.Create(40, 365, TimeSpan.FromHours(1))).Required();

        Assert.True(MeanDay(data, day => day.Month is 12 or 1) > 1.05 * MeanDay(data, day => day.Month is 5 or 9));
        Assert.True(MeanDay(data, day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) > 1.01 * MeanDay(data, day => day.DayOfWeek is DayOfWeek.Tuesday));
    }

    [Fact]
    public void No_two_households_are_alike()
    {
        CommunityData data = MadeUpYear.Of("Europe/Lisbon", 1, null, null, null);

        Assert.InRange(MadeUpYear.Correlation(data.Members[0].Load, data.Members[1].Load), -1, 0.9);
        Assert.InRange(MadeUpYear.Correlation(data.Members[1].Load, data.Members[2].Load), -1, 0.9);
    }

    [Fact]
    public void A_car_charges_in_the_evening_and_through_the_night()
    {
        var home = new LoadSource.Household(Energy.FromKilowattHours(5000));
        CommunityData With(bool vehicle) => CommunityData.Prepare(MadeUpNeighbourhood.Create(1, 365, TimeSpan.FromHours(1)) with
        {
            Members = [.. Enumerable.Range(0, 10).Select(index => new MemberRules($"h{index}", home with { ElectricVehicle = vehicle }))],
        }).Required();

        Assert.True(ShareOfNight(With(vehicle: true)) > 1.3 * ShareOfNight(With(vehicle: false)));
    }

    [Fact]
    public void The_same_seed_makes_the_same_data_and_another_seed_others()
    {
        CommunityData first = MadeUpYear.Of("Europe/Lisbon", 5, MadeUpYear.Pv(4000));
        CommunityData again = MadeUpYear.Of("Europe/Lisbon", 5, MadeUpYear.Pv(4000));
        CommunityData other = MadeUpYear.Of("Europe/Lisbon", 6, MadeUpYear.Pv(4000));

        Assert.Equal(first.Members[0].Net, again.Members[0].Net);
        Assert.NotEqual(first.Members[0].Load, other.Members[0].Load);
        Assert.NotEqual(first.Members[0].Generation, other.Members[0].Generation);
    }

    private static double ShareOfNight(CommunityData data)
    {
        double[][] hours = [.. data.Members.Select(member => MadeUpYear.ByLocalHour(data, member.Load))];
        return hours.Sum(home => home[22..].Sum() + home[..3].Sum()) / hours.Sum(home => home.Sum());
    }

    private static double MeanDay(CommunityData data, Func<DateOnly, bool> days) => Enumerable.Range(0, data.Grid.Count)
        .Where(period => days(data.Grid.LocalDayOf(period)))
        .GroupBy(data.Grid.LocalDayOf)
        .Average(day => day.Sum(period => data.Members.Sum(member => (long)member.Load[period])));
}
