using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>Finds the resolution of a meter's rows and puts them on its grid.</summary>
internal static class MeterGrid
{
    // As many equal wider gaps in a row are no losses any more: the file changes its resolution there.
    private const int RunOfAnotherStep = 24;

    private static readonly long[] StepMinutes = [.. DeliveryPeriod.Lengths.Select(length => length.Ticks / TimeSpan.TicksPerMinute)];

    /// <summary>The resolution that most meters of the file have, for those with a single row; null where no meter tells.</summary>
    public static TimeSpan? CommonStep(IEnumerable<MeterRows> meters)
    {
        var steps = meters.Select(rows => MostFrequentGap(rows, rows.InOrderOfTime())).Where(gap => gap > 0).GroupBy(gap => gap).ToList();
        return steps.Count == 0 ? null : TimeSpan.FromMilliseconds(steps.MaxBy(step => step.Count())!.Key);
    }

    /// <summary>Puts one meter's rows on their grid.</summary>
    /// <returns>The series, or null where the resolution cannot be had; the problem is then noted. Rows off the grid go to <paramref name="badRows"/>.</returns>
    public static MeterSeries? Place(string meter, MeterRows rows, SeriesFileRequest request, TimeSpan? common, BadRows badRows, List<ScenarioProblem> problems)
    {
        int[] order = rows.InOrderOfTime();
        long gap = MostFrequentGap(rows, order);
        var step = gap > 0 ? TimeSpan.FromMilliseconds(gap) : common ?? WidestStepFor(new Instant(rows.Times[0]));
        string of = meter.Length == 0 ? "readings" : $"readings of '{meter}'";
        if (!DeliveryPeriod.IsLength(step))
        {
            problems.Add(new ScenarioProblem(request.Name, $"{of} come every {step.TotalMinutes:0.##} minutes; {string.Join(", ", StepMinutes)} are supported."));
            return null;
        }

        order = [.. order.Where(row => IsOnGrid(rows, row, step, of, badRows))];
        if (order.Length == 0)
        {
            return null;
        }

        if (ChangeOfStep(rows, order, step) is { } change)
        {
            problems.Add(new ScenarioProblem($"{request.Name} line {rows.Lines[change.Row]}", $"from here on {of} come every {change.Minutes} minutes, elsewhere every {step.TotalMinutes:0}; keep to one, or split the file."));
            return null;
        }

        return Dense(rows, order, step, request.Columns.Count);
    }

    // A file with a single interval does not tell its length: an hour, unless the interval starts within one.
    private static TimeSpan WidestStepFor(Instant start) =>
        DeliveryPeriod.Lengths.Where(length => DeliveryPeriod.IsStart(start, length)).DefaultIfEmpty(TimeSpan.FromHours(1)).Max();

    private static long MostFrequentGap(MeterRows rows, int[] order)
    {
        Dictionary<long, int> counts = [];
        for (int index = 1; index < order.Length; index++)
        {
            long gap = rows.Times[order[index]] - rows.Times[order[index - 1]];
            if (gap > 0)
            {
                counts[gap] = counts.GetValueOrDefault(gap) + 1;
            }
        }

        return counts.Count == 0 ? 0 : counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }

    private static bool IsOnGrid(MeterRows rows, int row, TimeSpan step, string of, BadRows badRows)
    {
        var time = new Instant(rows.Times[row]);
        if (DeliveryPeriod.IsStart(time, step))
        {
            return true;
        }

        badRows.Add(rows.Lines[row], () => $"{time} is not on the grid of {step.TotalMinutes:0} minutes that most {of} keep to.");
        return false;
    }

    private static (int Row, long Minutes)? ChangeOfStep(MeterRows rows, int[] order, TimeSpan step)
    {
        long stepLength = step.Ticks / TimeSpan.TicksPerMillisecond;
        long latest = 0;
        int run = 0;
        for (int index = 1; index < order.Length; index++)
        {
            long gap = rows.Times[order[index]] - rows.Times[order[index - 1]];
            run = gap == latest && gap > stepLength ? run + 1 : 1;
            latest = gap;
            if (run == RunOfAnotherStep && gap > stepLength && gap <= TimeSpan.MillisecondsPerDay)
            {
                return (order[index - RunOfAnotherStep + 1], gap / TimeSpan.MillisecondsPerMinute);
            }
        }

        return null;
    }

    private static MeterSeries Dense(MeterRows rows, int[] order, TimeSpan step, int columns)
    {
        long first = rows.Times[order[0]];
        long stepLength = step.Ticks / TimeSpan.TicksPerMillisecond;
        int count = (int)((rows.Times[order[^1]] - first) / stepLength) + 1;
        int[] lines = new int[count];
        double[][] values = new double[columns][];
        for (int column = 0; column < columns; column++)
        {
            values[column] = new double[count];
            Array.Fill(values[column], double.NaN);
        }

        List<DuplicateRow> duplicates = [];
        foreach (int row in order)
        {
            int interval = (int)((rows.Times[row] - first) / stepLength);
            if (lines[interval] != 0)
            {
                duplicates.Add(new DuplicateRow(new Instant(rows.Times[row]), rows.Lines[row], [.. Enumerable.Range(0, columns).Select(column => rows.Values(column)[row])]));
                continue;
            }

            lines[interval] = rows.Lines[row];
            for (int column = 0; column < columns; column++)
            {
                values[column][interval] = rows.Values(column)[row];
            }
        }

        return new MeterSeries(new Instant(first), step, values, lines, duplicates);
    }
}
