using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>What to read from a file.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Name">The file as the user named it, for sentences.</param>
/// <param name="TimestampColumn">The column with the start of each interval.</param>
/// <param name="MeterColumn">The column with the meters.</param>
/// <param name="Columns">The columns with values, each with the largest size that a value of it can sensibly have.</param>
public sealed record SeriesFileRequest(string Path, string Name, string TimestampColumn, string MeterColumn, IReadOnlyList<ValueColumn> Columns)
{
    /// <summary>Whether the file must have the column with the meters; if not and it has none, all rows belong to one series.</summary>
    public bool NeedsMeters { get; init; }

    /// <summary>Whether to leave out rows that cannot be read.</summary>
    public bool SkipBadRows { get; init; }
}

/// <summary>A column with values.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Most">A larger size than this is refused as a slip.</param>
public sealed record ValueColumn(string Name, double Most);

/// <summary>The columns of a tidy CSV file, meter by meter, each on the regular grid of its own resolution.</summary>
/// <param name="Name">The file as the user named it.</param>
/// <param name="HasMeters">Whether the file has a column with meters; if not, its one series has an empty name.</param>
/// <param name="Meters">The meters by name, in the order they first appear in.</param>
/// <param name="Skipped">The rows left out.</param>
public sealed record SeriesFile(string Name, bool HasMeters, IReadOnlyDictionary<string, MeterSeries> Meters, SkippedRows Skipped)
{
    /// <summary>Reads a file as a stream, in one pass.</summary>
    /// <param name="request">What to read.</param>
    /// <returns>The file's series, or what is wrong with it: the first bad rows with their lines and how many more there are.</returns>
    public static ScenarioResult<SeriesFile> Read(SeriesFileRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SeriesFileReader(request).Read();
    }
}
