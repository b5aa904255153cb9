using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Scenarios;

/// <summary>Figures that a separate program computed from the same files' fractions of a Wh; ours come from whole Wh.</summary>
public class KnownAnswerTests
{
    private const double Tolerance = 1e-6;

    // Where the sum of twelve whole-Wh readings changes its sign, a figure cut at zero may be off by a few Wh each time.
    private const double ToleranceOfSharing = 2e-6;

    [Fact]
    public void California_sums_up_to_what_its_publisher_measured()
    {
        CommunityData data = RealScenario.California();

        Assert.Equal(12, data.Members.Count);
        Near(115_745_003, data.Members.Sum(member => Sum(member.Load)));
        Near(73_930_141.2, data.Members.Sum(member => Sum(member.Generation)));
        (long peak, string at) = RealScenario.Peak(data, member => member.Load);
        Assert.InRange(peak, 41_097 - 12, 41_097 + 12);
        Assert.Equal("2017-07-08T22:00:00Z", at);
    }

    [Fact]
    public void California_shares_what_was_reckoned_hour_by_hour()
    {
        CommunityData data = RealScenario.California();
        double selfAlone = 0, selfShared = 0, import = 0, export = 0;
        for (int period = 0; period < data.Grid.Count; period++)
        {
            long load = data.Members.Sum(member => (long)member.Load[period]);
            long generation = data.Members.Sum(member => (long)member.Generation[period]);
            selfAlone += data.Members.Sum(member => int.Min(member.Load[period], member.Generation[period]));
            selfShared += long.Min(load, generation);
            import += long.Max(0, load - generation);
            export += long.Max(0, generation - load);
        }

        Near(39_603_534.2, selfAlone);
        Near(53_121_774.2, selfShared, ToleranceOfSharing);
        Near(62_623_228.8, import, ToleranceOfSharing);
        Near(20_808_367.0, export, ToleranceOfSharing);
    }

    [Fact]
    public void California_pays_the_bills_that_were_reckoned_hour_by_hour()
    {
        CommunityData data = RealScenario.California();
        double withoutPv = 0, alone = 0, shared = 0;
        for (int period = 0; period < data.Grid.Count; period++)
        {
            double price = data.Retail[period].MicrosPerKilowattHour / 1e9;
            withoutPv += price * data.Members.Sum(member => (long)member.Load[period]);
            alone += price * data.Members.Sum(member => (long)int.Max(0, member.Net[period]));
            shared += price * long.Max(0, data.Members.Sum(member => (long)member.Net[period]));
        }

        Near(32_834.6739, withoutPv);
        Near(22_464.8001, alone);
        Near(19_113.0530, shared, ToleranceOfSharing);
        Assert.Equal([210_000, 220_000, 400_000, 500_000, 540_000], data.Retail.Select(price => price.MicrosPerKilowattHour).Distinct().Order());
    }

    [Fact]
    public void California_has_one_missing_hour_for_each_home_and_the_price_before_stands_in_for_its_price()
    {
        CommunityData data = RealScenario.California();
        int missing = data.Grid.IndexOf(Instant.From(new DateTimeOffset(2016, 11, 6, 9, 0, 0, TimeSpan.Zero)));

        Assert.Equal(8760, data.Grid.Count);
        Assert.All(data.Members, member => Assert.Equal(ReadingState.Missing, member.States[missing]));
        Assert.All(data.Members, member => Assert.Equal(1, member.States.Count(state => state != ReadingState.Measured)));
        Assert.Equal(data.Retail[missing - 1], data.Retail[missing]);
        Assert.Equal(9455, data.Problems.Series.Where(series => series.Quantity == "load").Sum(series => series.Zero));
        Assert.Equal(56905, data.Problems.Series.Where(series => series.Quantity == "pv").Sum(series => series.Zero));
    }

    [Fact]
    public void New_South_Wales_has_the_gaps_and_zeros_that_were_counted()
    {
        CommunityData data = RealScenario.NewSouthWales();

        Assert.Equal(36, data.Members.Count);
        Assert.Equal(18_009, data.Problems.Missing);
        Assert.Equal(35_829, data.Problems.Zero);
        Assert.Equal(0, data.Problems.Duplicates);
        Assert.Equal(7_685, data.Problems.Series.Single(series => series.Of == "NSW-10017650").Missing.Count);
        Assert.Equal(4_420, data.Problems.Series.Single(series => series.Of == "NSW-10017626").Missing.Count);
        Assert.Equal(798_297, data.Problems.Series.Sum(series => series.Readings));
        Near(184_555_021, data.Members.Sum(member => Sum(member.Load)));
        (long peak, string at) = RealScenario.Peak(data, member => member.Load);
        Assert.InRange(peak, 24_714 - 36, 24_714 + 36);
        Assert.Equal("2013-07-08T10:00:00Z", at);
    }

    [Fact]
    public void Every_period_that_is_missing_or_outside_is_flagged()
    {
        CommunityData data = RealScenario.NewSouthWales();

        Assert.All(data.Members.Zip(data.Problems.Series), pair =>
            Assert.Equal(pair.Second.Missing.Count + pair.Second.Outside.Count, pair.First.States.Count(state => state == ReadingState.Missing)));
    }

    [Fact]
    public void Switzerland_has_fifteen_negative_readings_at_one_home_and_absurd_ones_at_another()
    {
        CommunityData data = RealScenario.Switzerland();

        Assert.Equal(15, data.Problems.Negative);
        Assert.Equal(15, data.Problems.Series.Single(series => series.Of == "CH-9717902").Negative.Count);
        Assert.Equal(["CH-2046645", "CH-9717902"], data.Problems.Series.Where(series => series.Absurd.Count > 0).Select(series => series.Of).Order());
        Assert.Equal(0, data.Problems.Missing + data.Problems.Outside);
        Assert.Equal(57_818, data.Problems.Zero);
        Near(794_765_219, data.Members.Sum(member => Sum(member.Load)));
        (long peak, string at) = RealScenario.Peak(data, member => member.Load);
        Assert.InRange(peak, 450_898 - 300, 450_898 + 300);
        Assert.Equal("2018-12-15T00:30:00Z", at);
    }

    [Fact]
    public void An_odd_reading_keeps_the_value_that_was_measured()
    {
        MemberData home = RealScenario.Switzerland().Members.Single(member => member.Id == "CH-9717902");

        Assert.Equal(-36_480, home.Net.Min());
        Assert.All(Enumerable.Range(0, home.Net.Length).Where(period => home.Net[period] < 0), period => Assert.Equal(ReadingState.Odd, home.States[period]));
        Assert.InRange(home.Net.Max(), 47_049, 47_051);
    }

    [Fact]
    public void London_comes_to_what_was_summed_up()
    {
        CommunityData data = RealScenario.London();

        Near(10_995_974.997, Sum(data.Members.Single(member => member.Id == "LCL-MAC000010").Load));
        Near(6_422_612.9998, Sum(data.Members.Single(member => member.Id == "LCL-MAC004391").Load));
        Assert.Equal("2013-12-26T14:00:00Z", RealScenario.Peak(data, member => member.Load).At);
        Assert.Equal(0, data.Problems.Missing + data.Problems.Duplicates + data.Problems.Zero);
    }

    [Fact]
    public void Splitting_hours_into_quarters_and_summing_them_up_to_hours_keeps_every_Wh_to_half_a_Wh()
    {
        Scenario hours = RealScenario.CaliforniaScenario();
        CommunityData quarters = CommunityData.Prepare(hours with { Period = TimeSpan.FromMinutes(15) }).Required();

        Near(115_745_003, quarters.Members.Sum(member => Sum(member.Load)));
        Assert.All(quarters.Problems.Series.Where(series => series.Quantity is "load" or "pv"), series => Assert.Equal("split evenly", series.Resampling));
    }

    [Fact]
    public void Half_hours_are_summed_up_to_hours()
    {
        CommunityData data = CommunityData.Prepare(
            RealScenario.Over("homes_uk_london_30min.csv.gz", "Europe/London", new DateOnly(2013, 1, 1), 424, TimeSpan.FromHours(1))).Required();

        Near(10_995_974.997, Sum(data.Members.Single(member => member.Id == "LCL-MAC000010").Load));
        Assert.All(data.Problems.Series, series => Assert.Equal("summed up", series.Resampling));
    }

    private static long Sum(int[] wattHours) => wattHours.Sum(each => (long)each);

    private static void Near(double expected, double actual, double tolerance = Tolerance) =>
        Assert.InRange(actual, expected * (1 - tolerance), expected * (1 + tolerance));
}
