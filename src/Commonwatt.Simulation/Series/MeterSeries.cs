namespace Commonwatt.Simulation.Series;

/// <summary>The readings of one meter on the regular grid of its own resolution.</summary>
/// <param name="Start">The start of the first interval.</param>
/// <param name="Step">The resolution: one of <see cref="DeliveryPeriod.Lengths"/>.</param>
/// <param name="Values">For each column asked for, the value of each interval; NaN where there is none.</param>
/// <param name="Lines">The line of each interval in the file; 0 where there is none.</param>
/// <param name="Duplicates">Rows for an interval that had one before, in the order of time; the first row of the file counts.</param>
public sealed record MeterSeries(Instant Start, TimeSpan Step, IReadOnlyList<double[]> Values, int[] Lines, IReadOnlyList<DuplicateRow> Duplicates)
{
    /// <summary>How many intervals there are, with those that are missing.</summary>
    public int Count => Lines.Length;

    /// <summary>The end of the last interval.</summary>
    public Instant End => StartOf(Count);

    /// <summary>The start of an interval.</summary>
    public Instant StartOf(int interval) => new(Start.UnixMilliseconds + (interval * (Step.Ticks / TimeSpan.TicksPerMillisecond)));
}

/// <summary>A row for an interval that had one before.</summary>
/// <param name="Time">The start of the interval.</param>
/// <param name="Line">The row's line in the file.</param>
/// <param name="Values">The row's values, column by column.</param>
public sealed record DuplicateRow(Instant Time, int Line, IReadOnlyList<double> Values);
