namespace Commonwatt.Agents.Tests;

public class CautiousForecastTests
{
    private const int Day = 24;
    private const int Noon = 12;

    [Fact]
    public void What_is_taken_is_expected_as_usual()
    {
        int[] net = new int[8 * Day];
        for (int day = 1; day < 8; day++)
        {
            net[(day * Day) + Noon] = day * 100;
        }

        Assert.Equal(new Energy(400), Expect((8 * Day) + Noon, net));
    }

    [Fact]
    public void On_a_cloudy_morning_no_more_is_given_than_cloudy_days_gave()
    {
        Assert.Equal(new Energy(-200), Expect((14 * Day) + Noon, Days(isCloudyToday: true)));
        Assert.Equal(new Energy(-2_000), Expect((14 * Day) + Noon, Days(isCloudyToday: false)));
    }

    [Fact]
    public void For_tomorrow_no_more_is_given_than_nearly_every_day_gave() =>
        Assert.Equal(new Energy(-200), Expect((15 * Day) + Noon, Days(isCloudyToday: false)));

    [Fact]
    public void Of_few_days_the_least_counts()
    {
        int[] net = new int[3 * Day];
        (net[Noon], net[Day + Noon], net[(2 * Day) + Noon]) = (-900, -100, -500);

        Assert.Equal(new Energy(-100), Expect((3 * Day) + Noon, net));
    }

    [Fact]
    public void A_home_that_at_times_takes_something_gives_nothing_for_certain()
    {
        int[] net = new int[3 * Day];
        (net[Noon], net[Day + Noon], net[(2 * Day) + Noon]) = (-900, 100, -500);

        Assert.Equal(Energy.Zero, Expect((3 * Day) + Noon, net));
    }

    [Fact]
    public void With_no_history_it_expects_nothing() => Assert.Equal(Energy.Zero, Expect(5, []));

    // Every other day is cloudy from nine on, and gives a tenth. Known up to ten on the last day.
    private static int[] Days(bool isCloudyToday)
    {
        int[] net = new int[(14 * Day) + Noon - 1];
        for (int day = 0; day < 15; day++)
        {
            for (int hour = 9; hour < 15 && (day * Day) + hour < net.Length; hour++)
            {
                bool isCloudy = day == 14 ? isCloudyToday : day % 2 == 0;
                net[(day * Day) + hour] = isCloudy ? -200 : -2_000;
            }
        }

        return net;
    }

    private static Energy Expect(int period, int[] net) => new CautiousForecast().Net(period, new MemberHistory(net, new ReadingState[net.Length], Day));
}
