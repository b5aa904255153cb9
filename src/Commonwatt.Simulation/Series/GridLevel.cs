using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>A price or an intensity on the grid of a scenario.</summary>
/// <param name="Values">The value of each period.</param>
/// <param name="Resampling">What was done to come to the period: <c>none</c>, <c>averaged</c> or <c>repeated</c>.</param>
internal sealed record GridLevel(double[] Values, string Resampling)
{
    /// <summary>Puts a column on the grid; where there is no value, the one before stands in, and at the start the first there is.</summary>
    /// <returns>The values, or null where none lies in the time of the scenario.</returns>
    public static GridLevel? Of(MeterSeries series, int column, PeriodGrid grid)
    {
        double[] values = series.Values[column];
        double[] level = new double[grid.Count];
        long stepLength = series.Step.Ticks / TimeSpan.TicksPerMillisecond;
        int parts = int.Max(1, (int)(grid.Length.Ticks / series.Step.Ticks));
        double latest = double.NaN;
        int firstKnown = -1;
        for (int period = 0; period < level.Length; period++)
        {
            int interval = (int)Math.Floor((double)(grid.StartOf(period).UnixMilliseconds - series.Start.UnixMilliseconds) / stepLength);
            double mean = Mean(values, interval, parts);
            latest = double.IsNaN(mean) ? latest : mean;
            level[period] = latest;
            firstKnown = firstKnown < 0 && !double.IsNaN(mean) ? period : firstKnown;
        }

        if (firstKnown < 0)
        {
            return null;
        }

        Array.Fill(level, level[firstKnown], 0, firstKnown);
        string coarser = series.Step > grid.Length ? "repeated" : "averaged";
        return new GridLevel(level, series.Step == grid.Length ? "none" : coarser);
    }

    private static double Mean(double[] values, int first, int count)
    {
        double sum = 0;
        int there = 0;
        for (int interval = int.Max(0, first); interval < int.Min(values.Length, first + count); interval++)
        {
            if (!double.IsNaN(values[interval]))
            {
                sum += values[interval];
                there++;
            }
        }

        return there == 0 ? double.NaN : sum / there;
    }
}
