using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>Energy on the grid of a scenario.</summary>
/// <param name="WattHours">The energy of each period; of missing intervals, nothing.</param>
/// <param name="States">Whether each period's reading is there and can be true.</param>
/// <param name="Resampling">What was done to come to the period: <c>none</c>, <c>summed up</c> or <c>split evenly</c>.</param>
internal sealed record GridEnergy(int[] WattHours, ReadingState[] States, string Resampling)
{
    /// <summary>Puts a column of a meter on the grid. Rounding runs from the meter's first interval, wherever the scenario starts.</summary>
    /// <param name="series">The meter.</param>
    /// <param name="column">Which of its columns.</param>
    /// <param name="wattHoursEach">What its values are multiplied by to be Wh.</param>
    /// <param name="most">More Wh than this in one of the meter's intervals cannot be true.</param>
    /// <param name="grid">The scenario's periods.</param>
    public static GridEnergy Of(MeterSeries series, int column, double wattHoursEach, double most, PeriodGrid grid)
    {
        int[] energy = new int[grid.Count];
        var states = new ReadingState[grid.Count];
        Array.Fill(states, ReadingState.Missing);
        double[] values = series.Values[column];
        if (series.Step >= grid.Length)
        {
            Split(series, values, wattHoursEach, most, grid, energy, states);
            return new GridEnergy(energy, states, series.Step == grid.Length ? "none" : "split evenly");
        }

        SumUp(series, values, wattHoursEach, most, grid, energy, states);
        return new GridEnergy(energy, states, "summed up");
    }

    private static ReadingState StateOf(double wattHours, double most)
    {
        if (double.IsNaN(wattHours))
        {
            return ReadingState.Missing;
        }

        return wattHours < 0 || wattHours > most ? ReadingState.Odd : ReadingState.Measured;
    }

    private static void Split(MeterSeries series, double[] values, double wattHoursEach, double most, PeriodGrid grid, int[] energy, ReadingState[] states)
    {
        int parts = (int)(series.Step.Ticks / grid.Length.Ticks);
        int period = grid.IndexOf(series.Start);
        var register = default(MeterRegister);
        foreach (double value in values)
        {
            double wattHours = value * wattHoursEach;
            ReadingState state = StateOf(wattHours, most);
            for (int part = 0; part < parts; part++, period++)
            {
                int counted = state == ReadingState.Missing ? 0 : register.Count(wattHours / parts);
                if ((uint)period < (uint)energy.Length)
                {
                    energy[period] = counted;
                    states[period] = state;
                }
            }
        }
    }

    private static void SumUp(MeterSeries series, double[] values, double wattHoursEach, double most, PeriodGrid grid, int[] energy, ReadingState[] states)
    {
        int parts = (int)(grid.Length.Ticks / series.Step.Ticks);
        int period = grid.IndexOf(series.Start);
        int before = (int)((series.Start - grid.StartOf(period)).Ticks / series.Step.Ticks);
        var register = default(MeterRegister);
        for (int first = -before; first < values.Length; first += parts, period++)
        {
            double sum = 0;
            var worst = ReadingState.Measured;
            for (int interval = first; interval < first + parts; interval++)
            {
                double wattHours = (uint)interval < (uint)values.Length ? values[interval] * wattHoursEach : double.NaN;
                ReadingState state = StateOf(wattHours, most);
                sum += state == ReadingState.Missing ? 0 : wattHours;
                worst = Worse(worst, state);
            }

            int counted = register.Count(sum);
            if ((uint)period < (uint)energy.Length)
            {
                energy[period] = counted;
                states[period] = worst;
            }
        }
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
}
