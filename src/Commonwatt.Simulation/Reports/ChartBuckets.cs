using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>The periods of a run put together into fewer points for drawing: stretches of time, or times of the day.</summary>
/// <remarks>Powers are means in watts over a bucket's periods, so that buckets of different length compare; prices are in ten-thousandths.</remarks>
internal sealed class ChartBuckets
{
    private const int MicrosPerTick = 100;

    private readonly int[] bucketOf;
    private readonly long[] periods;
    private readonly long periodsPerHour;

    /// <summary>Puts the periods of <paramref name="result"/> into buckets.</summary>
    /// <param name="result">The run.</param>
    /// <param name="bucketOf">The bucket that each period goes to.</param>
    /// <param name="count">How many buckets there are.</param>
    public ChartBuckets(SimulationResult result, int[] bucketOf, int count)
    {
        this.bucketOf = bucketOf;
        periods = new long[count];
        periodsPerHour = TimeSpan.TicksPerHour / result.PeriodLength.Ticks;
        foreach (int bucket in bucketOf)
        {
            periods[bucket]++;
        }

        PeriodSeries series = result.Series;
        Load = Watts(period => series.Load[period].WattHours);
        Generation = Watts(period => series.Generation[period].WattHours);
        Traded = Watts(period => series.Traded[period].WattHours);
        Grid = Watts(period => series.CommunityImport[period].WattHours);
        Export = Watts(period => series.CommunityExport[period].WattHours);
        Community = Watts(period => FromNeighbours(series, period));
        Battery = series.BatteryDischarge is null ? null : Watts(period => FromOwnBattery(series, period));
        Sun = Watts(period => FromHome(series, period) - FromOwnBattery(series, period));
        Retail = MeanPrice(series.Retail);
        FeedIn = MeanPrice(series.FeedIn);
        LocalPrice = TradedPrice(series);
    }

    /// <summary>What the members used, in W.</summary>
    public long[] Load { get; }

    /// <summary>What the PV systems made, in W.</summary>
    public long[] Generation { get; }

    /// <summary>What was traded inside, in W.</summary>
    public long[] Traded { get; }

    /// <summary>What came from the member's own roof, in W.</summary>
    public long[] Sun { get; }

    /// <summary>What came from the member's own battery, in W; null where nobody has one.</summary>
    public long[]? Battery { get; }

    /// <summary>What came from neighbours, in W.</summary>
    public long[] Community { get; }

    /// <summary>What came from the grid, in W.</summary>
    public long[] Grid { get; }

    /// <summary>What went to the grid, in W.</summary>
    public long[] Export { get; }

    /// <summary>The mean retail price.</summary>
    public long[] Retail { get; }

    /// <summary>The mean feed-in price.</summary>
    public long[] FeedIn { get; }

    /// <summary>The price inside the community, weighted by what was traded; null where nothing was.</summary>
    public long?[] LocalPrice { get; }

    private static long FromNeighbours(PeriodSeries series, int period) =>
        Math.Max(0, series.MemberImport[period].WattHours - series.CommunityImport[period].WattHours);

    private static long FromHome(PeriodSeries series, int period) =>
        Math.Max(0, series.Load[period].WattHours - series.MemberImport[period].WattHours);

    private static long FromOwnBattery(PeriodSeries series, int period) =>
        series.BatteryDischarge is { } discharge ? Math.Min(discharge[period].WattHours, FromHome(series, period)) : 0;

    private long[] Watts(Func<int, long> wattHours)
    {
        long[] sums = new long[periods.Length];
        for (int period = 0; period < bucketOf.Length; period++)
        {
            sums[bucketOf[period]] += wattHours(period);
        }

        for (int bucket = 0; bucket < sums.Length; bucket++)
        {
            sums[bucket] = periods[bucket] == 0 ? 0 : sums[bucket] * periodsPerHour / periods[bucket];
        }

        return sums;
    }

    private long[] MeanPrice(Price[] prices)
    {
        long[] sums = new long[periods.Length];
        for (int period = 0; period < bucketOf.Length; period++)
        {
            sums[bucketOf[period]] += prices[period].MicrosPerKilowattHour;
        }

        for (int bucket = 0; bucket < sums.Length; bucket++)
        {
            sums[bucket] = periods[bucket] == 0 ? 0 : sums[bucket] / periods[bucket] / MicrosPerTick;
        }

        return sums;
    }

    private long?[] TradedPrice(PeriodSeries series)
    {
        Int128[] worth = new Int128[periods.Length];
        long[] quantity = new long[periods.Length];
        for (int period = 0; period < bucketOf.Length; period++)
        {
            if (series.LocalPrice[period] is { } price)
            {
                worth[bucketOf[period]] += (Int128)price.MicrosPerKilowattHour * series.Traded[period].WattHours;
                quantity[bucketOf[period]] += series.Traded[period].WattHours;
            }
        }

        return [.. worth.Zip(quantity, (sum, weight) => weight == 0 ? (long?)null : (long)(sum / weight / MicrosPerTick))];
    }
}
