namespace Commonwatt.Simulation.Series;

/// <summary>Looks through a column of a meter, inside a stretch of time, for what is odd.</summary>
/// <param name="Readings">How many readings there are.</param>
/// <param name="Zero">How many of them are zero.</param>
/// <param name="Missing">Intervals without a reading, between the column's first and last.</param>
/// <param name="Outside">Intervals of the stretch before the column's first reading or after its last.</param>
/// <param name="Duplicates">Rows for an interval that had one before.</param>
/// <param name="Negative">Readings below zero.</param>
/// <param name="Absurd">Readings above <c>most</c>.</param>
public sealed record SeriesInspection(long Readings, long Zero, ProblemCount Missing, ProblemCount Outside, ProblemCount Duplicates, ProblemCount Negative, ProblemCount Absurd)
{
    /// <summary>The rules applied to meters.</summary>
    internal static readonly InspectionRules MeterRules = new(
        "no reading is submitted; the ledger settles on an estimate",
        "the measured net value is submitted and the ledger refuses what cannot be");

    /// <summary>The rules applied to prices and intensities.</summary>
    internal static readonly InspectionRules LevelRules = new("the value before stands in, at the start the first there is", "taken as it is");

    /// <summary>Looks through one column.</summary>
    /// <param name="series">The meter.</param>
    /// <param name="column">Which of its columns.</param>
    /// <param name="start">The start of the stretch.</param>
    /// <param name="end">The end of the stretch.</param>
    /// <param name="most">A larger value than this is absurd, in the column's own unit.</param>
    /// <param name="rules">What is done about what is found.</param>
    internal static SeriesInspection Of(MeterSeries series, int column, Instant start, Instant end, double most, InspectionRules rules)
    {
        double[] values = series.Values[column];
        int first = Array.FindIndex(values, value => !double.IsNaN(value));
        int last = Array.FindLastIndex(values, value => !double.IsNaN(value));
        long stepLength = series.Step.Ticks / TimeSpan.TicksPerMillisecond;
        int from = (int)Math.Floor((double)(start.UnixMilliseconds - series.Start.UnixMilliseconds) / stepLength);
        int to = (int)Math.Ceiling((double)(end.UnixMilliseconds - series.Start.UnixMilliseconds) / stepLength);
        var missing = new Counter(rules.Missing);
        var outside = new Counter(rules.Missing);
        var negative = new Counter(rules.Odd);
        var absurd = new Counter(rules.Odd);
        long readings = 0;
        long zero = 0;
        for (int interval = from; interval < to; interval++)
        {
            if (first < 0 || interval < first || interval > last)
            {
                outside.Add(null, series, interval, null);
                continue;
            }

            double value = values[interval];
            if (double.IsNaN(value))
            {
                missing.Add(series.Lines[interval] == 0 ? null : series.Lines[interval], series, interval, null);
                continue;
            }

            readings++;
            zero += value is 0 ? 1 : 0;
            Counter? odd = value < 0 ? negative : value > most ? absurd : null;
            odd?.Add(series.Lines[interval], series, interval, value);
        }

        return new SeriesInspection(readings, zero, missing.Result, outside.Result, DuplicatesOf(series, column, start, end), negative.Result, absurd.Result);
    }

    private static ProblemCount DuplicatesOf(MeterSeries series, int column, Instant start, Instant end)
    {
        List<DuplicateRow> inside = [.. series.Duplicates.Where(row => row.Time >= start && row.Time < end)];
        return new ProblemCount(
            inside.Count,
            "the first row counts",
            [.. inside.Take(ProblemCount.Most).Select(row => new ProblemExample(row.Line, row.Time.ToString(), double.IsNaN(row.Values[column]) ? null : row.Values[column]))]);
    }

    private sealed class Counter(string rule)
    {
        private readonly List<ProblemExample> first = [];
        private long count;

        public ProblemCount Result => new(count, rule, first);

        public void Add(int? line, MeterSeries series, int interval, double? value)
        {
            count++;
            if (first.Count < ProblemCount.Most)
            {
                first.Add(new ProblemExample(line, series.StartOf(interval).ToString(), value));
            }
        }
    }
}

/// <summary>What is done about odd data.</summary>
/// <param name="Missing">Where there is no value.</param>
/// <param name="Odd">Where a value cannot be true.</param>
internal sealed record InspectionRules(string Missing, string Odd);
