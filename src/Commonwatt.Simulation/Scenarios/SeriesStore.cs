using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads each file that a scenario names once, with all the columns wanted of it, and finds series in them.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="options">How to take the files.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class SeriesStore(Scenario scenario, CommunityDataOptions options, List<ScenarioProblem> problems)
{
    private readonly Dictionary<FileKey, SeriesFileRequest> requests = [];
    private readonly Dictionary<FileKey, SeriesFile?> files = [];

    /// <summary>The files read, in the order they were asked for.</summary>
    public IEnumerable<SeriesFile> Files => files.Values.OfType<SeriesFile>();

    /// <summary>Asks for a column.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="most">A larger size of a value is refused as a slip.</param>
    /// <param name="needsMeters">Whether the file must say which meter a row belongs to.</param>
    public void Ask(SeriesReference reference, double most, bool needsMeters)
    {
        FileKey key = KeyOf(reference);
        SeriesFileRequest request = requests.TryGetValue(key, out SeriesFileRequest? earlier)
            ? earlier
            : new SeriesFileRequest(key.Path, reference.File, reference.TimestampColumn, reference.MeterColumn, []) { SkipBadRows = options.SkipBadRows };
        bool known = request.Columns.Any(column => string.Equals(column.Name, reference.Column, StringComparison.Ordinal));
        requests[key] = request with
        {
            Columns = known ? request.Columns : [.. request.Columns, new ValueColumn(reference.Column, most)],
            NeedsMeters = request.NeedsMeters || needsMeters,
        };
    }

    /// <summary>Reads the files asked for.</summary>
    public void ReadAll()
    {
        foreach ((FileKey key, SeriesFileRequest request) in requests)
        {
            ScenarioResult<SeriesFile> read = SeriesFile.Read(request);
            problems.AddRange(read.Problems);
            files[key] = read.Value;
        }
    }

    /// <summary>The meters of a file; none where it could not be read.</summary>
    public IReadOnlyCollection<string> MetersOf(SeriesReference reference) => files[KeyOf(reference)] is { } file ? [.. file.Meters.Keys] : [];

    /// <summary>The series that a reference means, or null where its file could not be read or there is no such meter, which is then noted.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="path">Where it stands in the scenario.</param>
    public (MeterSeries Series, int Column)? Find(SeriesReference reference, string path)
    {
        FileKey key = KeyOf(reference);
        if (files[key] is not { } file)
        {
            return null;
        }

        int column = requests[key].Columns.ToList().FindIndex(each => string.Equals(each.Name, reference.Column, StringComparison.Ordinal));
        if (reference.Meter is { } meter)
        {
            if (file.Meters.TryGetValue(meter, out MeterSeries? named))
            {
                return (named, column);
            }

            problems.Add(new ScenarioProblem($"{path}.meter", $"there is no meter '{meter}' in {reference.File}; {NearName.Hint(meter, [.. file.Meters.Keys], "its meters are")}"));
            return null;
        }

        if (file.Meters.Count == 1)
        {
            return (file.Meters.Values.First(), column);
        }

        problems.Add(new ScenarioProblem($"{path}.meter", $"is missing, and {reference.File} has {file.Meters.Count} meters; name one of {string.Join(", ", file.Meters.Keys.Take(5).Select(name => $"'{name}'"))}."));
        return null;
    }

    private FileKey KeyOf(SeriesReference reference) =>
        new(Path.GetFullPath(Path.Combine(scenario.Folder, reference.File)), reference.TimestampColumn, reference.MeterColumn);

    private readonly record struct FileKey(string Path, string TimestampColumn, string MeterColumn);
}
