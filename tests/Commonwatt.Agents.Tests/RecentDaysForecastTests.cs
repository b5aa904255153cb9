namespace Commonwatt.Agents.Tests;

public class RecentDaysForecastTests
{
    private const int Day = 24;
    private const int Noon = 12;

    [Fact]
    public void It_expects_the_mean_of_the_last_seven_days_at_the_same_time()
    {
        int[] net = new int[8 * Day];
        for (int day = 1; day < 8; day++)
        {
            net[(day * Day) + Noon] = day * 100;
        }

        Assert.Equal(new Energy(400), Expect((8 * Day) + Noon, net));
    }

    [Fact]
    public void A_day_that_began_unlike_others_goes_on_so_where_such_days_did()
    {
        int[] net = SunnyAndCloudyDays(lasts: true);

        // The mean at noon lies at half of a sunny day's; an hour before, the newest reading is a sunny day's.
        Assert.InRange(Expect((14 * Day) + Noon, net).WattHours, -1050, -850);
    }

    [Fact]
    public void A_difference_that_never_lasted_moves_nothing()
    {
        int[] net = SunnyAndCloudyDays(lasts: false);

        Assert.InRange(Expect((14 * Day) + Noon, net).WattHours, -650, -350);
    }

    [Fact]
    public void Tomorrow_is_not_moved_by_today()
    {
        int[] net = SunnyAndCloudyDays(lasts: true);

        Assert.InRange(Expect((15 * Day) + Noon, net).WattHours, -650, -350);
    }

    [Fact]
    public void It_never_expects_more_or_less_than_those_days_had()
    {
        int[] net = new int[(14 * Day) + Noon - 1];
        for (int day = 0; day < 15; day++)
        {
            net[(day * Day) + Noon - 2] = 100 + (day % 2 * 100);
            if (day < 14)
            {
                net[(day * Day) + Noon] = 100 + (day % 2 * 100);
            }
        }

        net[^1] = 90_000;

        Assert.InRange(Expect((14 * Day) + Noon, net).WattHours, 100, 200);
    }

    [Fact]
    public void On_the_first_day_it_expects_the_latest_reading() => Assert.Equal(new Energy(7), Expect(period: 5, [1, 2, 3, 7]));

    [Fact]
    public void With_no_history_it_expects_nothing() => Assert.Equal(Energy.Zero, Expect(5, []));

    [Fact]
    public void Missing_readings_are_left_out()
    {
        int[] net = new int[2 * Day];
        net[Noon] = 300;
        net[Day + Noon] = 9_999;
        var states = new ReadingState[net.Length];
        states[Day + Noon] = ReadingState.Missing;

        Assert.Equal(new Energy(300), new RecentDaysForecast().Net((2 * Day) + Noon, new MemberHistory(net, states, Day)));
    }

    // Every other day the sun makes a kWh from ten on; the noon of some other day follows its morning, or does not. Known up to eleven on the last day.
    private static int[] SunnyAndCloudyDays(bool lasts)
    {
        int[] net = new int[(14 * Day) + Noon - 1];
        for (int day = 0; day < 15; day++)
        {
            for (int hour = 9; hour < 14 && (day * Day) + hour < net.Length; hour++)
            {
                // Where it does not last, the sun shines every other day early on, in every other pair of days about noon, in every other four after it.
                int halvings = lasts || hour < Noon - 1 ? 0 : hour <= Noon ? 1 : 2;
                net[(day * Day) + hour] = (day >> halvings) % 2 == 0 ? -1000 : 0;
            }
        }

        return net;
    }

    private static Energy Expect(int period, int[] net) => new RecentDaysForecast().Net(period, new MemberHistory(net, new ReadingState[net.Length], Day));
}
