using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>Energy on the grid of a scenario, not yet in whole Wh.</summary>
/// <param name="WattHours">The energy of each period in Wh with its fraction; of missing intervals, nothing.</param>
/// <param name="States">Whether each period's reading is there and can be true.</param>
/// <param name="Resampling">What was done to come to the period: <c>none</c>, <c>summed up</c> or <c>split evenly</c>.</param>
internal sealed record GridEnergy(double[] WattHours, ReadingState[] States, string Resampling)
{
    /// <summary>Puts a column of a meter on the grid.</summary>
    /// <param name="series">The meter.</param>
    /// <param name="column">Which of its columns.</param>
    /// <param name="wattHoursEach">What its values are multiplied by to be Wh.</param>
    /// <param name="most">More Wh than this in one of the meter's intervals cannot be true.</param>
    /// <param name="grid">The scenario's periods.</param>
    public static GridEnergy Of(MeterSeries series, int column, double wattHoursEach, double most, PeriodGrid grid)
    {
        double[] energy = new double[grid.Count];
        var states = new ReadingState[grid.Count];
        double[] values = series.Values[column];
        bool split = series.Step >= grid.Length;
        int parts = (int)(split ? series.Step.Ticks / grid.Length.Ticks : grid.Length.Ticks / series.Step.Ticks);
        long stepLength = series.Step.Ticks / TimeSpan.TicksPerMillisecond;
        for (int period = 0; period < energy.Length; period++)
        {
            int first = (int)Math.Floor((double)(grid.StartOf(period).UnixMilliseconds - series.Start.UnixMilliseconds) / stepLength);
            int last = split ? first : first + parts - 1;
            (double sum, states[period]) = Sum(values, first, last, wattHoursEach, most);
            energy[period] = split ? sum / parts : sum;
        }

        string coarser = parts == 1 ? "none" : "split evenly";
        return new GridEnergy(energy, states, split ? coarser : "summed up");
    }

    /// <summary>The state of a reading made of two: missing where one is missing, else odd where one is odd.</summary>
    public static ReadingState Worse(ReadingState left, ReadingState right)
    {
        if (left == ReadingState.Missing || right == ReadingState.Missing)
        {
            return ReadingState.Missing;
        }

        return left == ReadingState.Odd || right == ReadingState.Odd ? ReadingState.Odd : ReadingState.Measured;
    }

    private static ReadingState StateOf(double wattHours, double most)
    {
        if (double.IsNaN(wattHours))
        {
            return ReadingState.Missing;
        }

        return wattHours < 0 || wattHours > most ? ReadingState.Odd : ReadingState.Measured;
    }

    private static (double WattHours, ReadingState State) Sum(double[] values, int first, int last, double wattHoursEach, double most)
    {
        double sum = 0;
        var worst = ReadingState.Measured;
        for (int interval = first; interval <= last; interval++)
        {
            double wattHours = (uint)interval < (uint)values.Length ? values[interval] * wattHoursEach : double.NaN;
            ReadingState state = StateOf(wattHours, most);
            sum += state == ReadingState.Missing ? 0 : wattHours;
            worst = Worse(worst, state);
        }

        return (sum, worst);
    }
}
