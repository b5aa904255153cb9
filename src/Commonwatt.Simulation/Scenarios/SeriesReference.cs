namespace Commonwatt.Simulation.Scenarios;

/// <summary>One column of one meter in a tidy CSV file.</summary>
/// <param name="File">The path, relative to the scenario file.</param>
/// <param name="Column">The value column, its unit at the end of its name (<c>_kwh</c>, <c>_wh</c>, <c>_kw</c>, <c>_w</c>).</param>
public sealed record SeriesReference(string File, string Column)
{
    /// <summary>The column that holds the start of each interval.</summary>
    public string TimestampColumn { get; init; } = "timestamp";

    /// <summary>The column that says which meter a row belongs to, where <see cref="Meter"/> is given.</summary>
    public string MeterColumn { get; init; } = "meter";

    /// <summary>The meter to select; null where every row of the file belongs to the one series.</summary>
    public string? Meter { get; init; }
}
