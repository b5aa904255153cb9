using Commonwatt.Agents;
using Commonwatt.Node.Demo;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>What the node's agent sells at its last look for the homes with panels of the demo's street, and whether they have it.</summary>
public sealed class AgentOnStreetTests
{
    private const int Hours = 60 * 24;
    private const int LastWeeks = 14 * 24;
    private const int HoursSeen = 15 * 24;

    // Thirty minutes before delivery the hour before is not over yet.
    private const int Ahead = 2;

    private const double Local = 0.11;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Over_two_weeks_nobody_with_panels_loses_more_by_what_is_missing_than_he_gains(ulong seed)
    {
        using var scratch = new ScratchFolder();
        var life = new StreetLife(DemoStreet.Homes(24, seed), new DateOnly(2026, 10, 7), seed, scratch.File("life.json"));
        long sold = 0;
        long missing = 0;
        foreach ((int home, DemoHome owner) in life.Homes.Index().Where(one => one.Item.Rules.Pv is not null))
        {
            Sales sales = SalesOf(life, home);
            Assert.True(sales.Gain > 0, $"{owner.Id} loses {-sales.Gain:0.00} by {sales.Missing} of {sales.Sold} Wh");
            sold += sales.Sold;
            missing += sales.Missing;
        }

        Assert.True(sold > 100_000, $"{sold} Wh are sold");
        Assert.True(missing < sold / 5, $"{missing} of {sold} Wh that were sold are missing");
    }

    private static Sales SalesOf(StreetLife life, int home)
    {
        int[] net = [.. Enumerable.Range(0, Hours).Select(hour => life.NetOfHour(home, life.Start + TimeSpan.FromHours(hour)))];
        var sales = new Sales(0, 0, 0);
        for (int hour = Hours - LastWeeks; hour < Hours; hour++)
        {
            int known = hour - Ahead + 1;
            var history = new MemberHistory(net.AsSpan(known - HoursSeen, HoursSeen), new ReadingState[HoursSeen], periodsPerDay: 24);
            long sold = long.Max(0, -new CautiousForecast().Net(hour - known + HoursSeen, history).WattHours);
            long missing = long.Max(0, sold - long.Max(0, -net[hour]));
            sales = new Sales(sales.Sold + sold, sales.Missing + missing, sales.Gain + GainOf(sold - missing, missing));
        }

        return sales;
    }

    // At worst the whole street lacks what he lacks, and it comes from the utility.
    private static double GainOf(long given, long missing)
    {
        double feedIn = InUnits(DemoStreet.FeedIn);
        double lacked = InUnits(DemoStreet.Market.ShortfallPenalty) + InUnits(DemoStreet.Retail.PriceAt(12 * 60));
        return ((given * (Local - feedIn)) - (missing * (lacked - Local))) / 1000;
    }

    private static double InUnits(Price price) => price.MicrosPerKilowattHour / 1e6;

    private sealed record Sales(long Sold, long Missing, double Gain);
}
