using Commonwatt.Simulation.Profiles;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Profiles;

public class PhotovoltaicProfileTests
{
    [Theory]
    [InlineData("Europe/Lisbon", 1400, 1700)]
    [InlineData("Europe/London", 900, 1050)]
    [InlineData("America/Los_Angeles", 1500, 1850)]
    [InlineData("Australia/Sydney", 1400, 1800)]
    public void A_kilowatt_peak_yields_in_a_year_what_it_does_there(string zone, double least, double most)
    {
        double mean = Enumerable.Range(1, 5).Average(seed => MadeUpYear.Of(zone, (ulong)seed, MadeUpYear.Pv(1000)).Members[0].Generation.Sum() / 1000.0);

        Assert.InRange(mean, least, most);
    }

    [Fact]
    public void There_is_no_sun_at_night_and_most_of_it_at_noon()
    {
        CommunityData data = MadeUpYear.Of("Europe/Lisbon", 1, MadeUpYear.Pv(4000));
        double[] byHour = MadeUpYear.ByLocalHour(data, data.Members[0].Generation);

        Assert.Equal(0, byHour[..5].Sum() + byHour[22..].Sum());
        Assert.InRange(Array.IndexOf(byHour, byHour.Max()), 12, 14);
        Assert.InRange(data.Members[0].Generation.Max(), 750, 1000);
        Assert.Equal(new Power(4000), data.Members[0].GenerationCapacity);
    }

    [Fact]
    public void East_comes_before_noon_and_west_after()
    {
        CommunityData data = MadeUpYear.Of("Europe/Lisbon", 1, MadeUpYear.Pv(4000) with { Azimuth = 90 }, MadeUpYear.Pv(4000) with { Azimuth = 270 });
        double[] east = MadeUpYear.ByLocalHour(data, data.Members[0].Generation);
        double[] west = MadeUpYear.ByLocalHour(data, data.Members[1].Generation);

        Assert.True(east[9] > 1.5 * west[9]);
        Assert.True(west[17] > 1.5 * east[17]);
    }

    [Fact]
    public void Neighbours_live_under_one_sky_and_differ_a_little()
    {
        CommunityData data = MadeUpYear.Of("Europe/Lisbon", 1, MadeUpYear.Pv(4000), MadeUpYear.Pv(4000));
        int[] one = data.Members[0].Generation;
        int[] other = data.Members[1].Generation;

        Assert.InRange(MadeUpYear.Correlation(one, other), 0.99, 0.999999);
        Assert.InRange(other.Sum() / (double)one.Sum(), 0.9, 1.1);
    }

    [Fact]
    public void Skies_differ_from_day_to_day()
    {
        CommunityData data = MadeUpYear.Of("Europe/London", 1, MadeUpYear.Pv(1000));
        int[] june = [.. Enumerable.Range(0, data.Grid.Count).Where(period => data.Grid.LocalDayOf(period).Month == 6)
            .GroupBy(data.Grid.LocalDayOf).Select(day => day.Sum(period => data.Members[0].Generation[period]))];

        Assert.True(june.Max() > 2 * june.Min());
    }

    [Fact]
    public void A_day_has_the_same_sky_whichever_day_the_scenario_starts_on()
    {
        Scenario june = MadeUpNeighbourhood.Create(1, 10, TimeSpan.FromMinutes(15)) with
        {
            Start = new DateOnly(2024, 6, 1),
            Members = [MadeUpYear.Home("a", MadeUpYear.Pv(4000), 3200)],
        };
        int[] early = CommunityData.Prepare(june).Required().Members[0].Generation;
        int[] late = CommunityData.Prepare(june with { Start = new DateOnly(2024, 6, 8), Days = 3 }).Required().Members[0].Generation;

        Assert.InRange(MadeUpYear.Correlation(early[(7 * 96)..], late), 0.99, 1);
    }

    [Fact]
    public void The_sun_stands_where_geometry_has_it_at_the_solstices()
    {
        // At solar noon the sun stands 90 degrees less the latitude, plus or minus the obliquity of 23.44 degrees.
        var lisbon = new Location(38.7223, -9.1393);
        Assert.InRange(Degrees(SolarPosition.At(At(2024, 6, 20, 12, 38), lisbon).Up), 74.5, 74.9);
        Assert.InRange(Degrees(SolarPosition.At(At(2024, 12, 21, 12, 35), lisbon).Up), 27.6, 28.1);
        Assert.InRange(SolarPosition.At(At(2024, 6, 20, 12, 38), lisbon).East, -0.01, 0.01);
        Assert.True(SolarPosition.At(At(2024, 6, 20, 8, 0), lisbon).East > 0.5);
        Assert.True(SolarPosition.At(At(2024, 6, 20, 0, 0), lisbon).Up < 0);
    }

    private static Instant At(int year, int month, int day, int hour, int minute) => Instant.From(new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero));

    private static double Degrees(double sine) => Math.Asin(sine) * 180 / Math.PI;
}
