namespace Commonwatt.Agents.Tests;

public class PersistenceForecastTests
{
    private const int Day = 24;
    private const int Week = 7 * Day;

    [Fact]
    public void It_expects_what_was_there_at_the_same_time_last_week()
    {
        Assert.Equal(new Energy(Week + 5), Expect(period: (2 * Week) + 5, known: (2 * Week) + 5));
    }

    [Fact]
    public void In_the_first_week_it_expects_what_was_there_yesterday()
    {
        Assert.Equal(new Energy(Day + 5), Expect(period: (2 * Day) + 5, known: (2 * Day) + 4));
    }

    [Fact]
    public void On_the_first_day_it_expects_the_latest_reading()
    {
        Assert.Equal(new Energy(4), Expect(period: 6, known: 5));
    }

    [Fact]
    public void With_no_history_it_expects_nothing()
    {
        Assert.Equal(Energy.Zero, Expect(period: 0, known: 0));
    }

    [Theory]
    [InlineData(ReadingState.Missing)]
    [InlineData(ReadingState.Odd)]
    public void Where_last_weeks_reading_is_no_good_yesterdays_stands_in(ReadingState state)
    {
        Assert.Equal(new Energy((2 * Week) - Day + 5), Expect(period: (2 * Week) + 5, known: (2 * Week) + 4, noGood: Week + 5, state));
    }

    [Fact]
    public void A_day_ahead_it_goes_back_to_the_latest_day_that_is_over()
    {
        Assert.Equal(new Energy(Day + 20), Expect(period: (3 * Day) + 20, known: (2 * Day) + 10));
    }

    [Fact]
    public void It_does_not_depend_on_anything_that_is_yet_to_come()
    {
        int[] net = [.. Enumerable.Range(0, 3 * Week)];
        var states = new ReadingState[net.Length];
        var forecast = new PersistenceForecast();
        for (int known = 0; known < net.Length; known += 11)
        {
            int[] other = [.. net.Select((reading, period) => period < known ? reading : -1)];
            Assert.Equal(
                forecast.Net(known + 1, new MemberHistory(net.AsSpan(0, known), states.AsSpan(0, known), Day)),
                forecast.Net(known + 1, new MemberHistory(other.AsSpan(0, known), states.AsSpan(0, known), Day)));
        }
    }

    [Fact]
    public void A_perfect_forecast_knows_what_comes()
    {
        int[] net = [5, -7, 9];

        Assert.Equal(new Energy(-7), new PerfectForecast(net).Net(1, new MemberHistory([], [], Day)));
    }

    // The reading of each period is its own index, so that a forecast tells where it comes from.
    private static Energy Expect(int period, int known, int noGood = -1, ReadingState state = ReadingState.Measured)
    {
        int[] net = [.. Enumerable.Range(0, known)];
        var states = new ReadingState[known];
        if (noGood >= 0)
        {
            states[noGood] = state;
        }

        return new PersistenceForecast().Net(period, new MemberHistory(net, states, Day));
    }
}
