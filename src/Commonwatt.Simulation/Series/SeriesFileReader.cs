using System.Text;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>Reads one tidy CSV file, row by row.</summary>
internal sealed class SeriesFileReader(SeriesFileRequest request)
{
    private readonly Dictionary<string, MeterRows> meters = new(StringComparer.Ordinal);
    private readonly BadRows badRows = new(request.Name);
    private readonly CsvFields fields = new(16);
    private readonly double[] values = new double[request.Columns.Count];
    private readonly int[] valueFields = new int[request.Columns.Count];
    private ScenarioProblem? headerProblem;
    private string[] header = [];
    private int timestampField;
    private int meterField;
    private byte[] latestName = [];
    private MeterRows? latest;

    public ScenarioResult<SeriesFile> Read()
    {
        string? fault = DataFile.Read(request.Path, ReadLines);
        if (fault is not null)
        {
            return Refused(new ScenarioProblem(request.Name, fault));
        }

        if (headerProblem is not null)
        {
            return Refused(headerProblem);
        }

        if (meters.Count == 0 && badRows.Count == 0)
        {
            return Refused(new ScenarioProblem(request.Name, "has a header and no rows; give at least one interval."));
        }

        List<ScenarioProblem> problems = [];
        Dictionary<string, MeterSeries> series = new(StringComparer.Ordinal);
        TimeSpan? common = MeterGrid.CommonStep(meters.Values);
        foreach ((string name, MeterRows rows) in meters)
        {
            if (MeterGrid.Place(name, rows, request, common, badRows, problems) is { } placed)
            {
                series.Add(name, placed);
            }
        }

        if (badRows.Count > 0 && !request.SkipBadRows)
        {
            problems.InsertRange(0, badRows.AsProblems());
        }

        return problems.Count > 0
            ? ScenarioResult<SeriesFile>.Refused(problems)
            : ScenarioResult<SeriesFile>.Good(new SeriesFile(request.Name, meterField >= 0, series, badRows.AsSkipped()));
    }

    private static ScenarioResult<SeriesFile> Refused(ScenarioProblem problem) => ScenarioResult<SeriesFile>.Refused([problem]);

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.Length > 40 ? field[..40] : field);

    private void ReadLines(LineReader lines)
    {
        if (!lines.TryRead(out ReadOnlySpan<byte> first))
        {
            headerProblem = new ScenarioProblem(request.Name, "is empty; a header with the columns' names is expected.");
            return;
        }

        headerProblem = ReadHeader(first.StartsWith(Encoding.UTF8.Preamble) ? first[Encoding.UTF8.Preamble.Length..] : first);
        while (headerProblem is null && lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!line.IsEmpty)
            {
                ReadRow(line, lines.Number);
            }
        }
    }

    private ScenarioProblem? ReadHeader(ReadOnlySpan<byte> line)
    {
        if (!fields.TrySplit(line))
        {
            return new ScenarioProblem($"{request.Name} line 1", "a quoted field in the header does not end.");
        }

        header = new string[fields.Count];
        bool data = false;
        for (int index = 0; index < header.Length; index++)
        {
            header[index] = Encoding.UTF8.GetString(fields.Field(line, index));
            data |= TimestampText.Read(fields.Field(line, index), out _) != TimestampReading.NotOne;
        }

        if (data)
        {
            return new ScenarioProblem(request.Name, "has no header: the first line is data already; put a line with the columns' names before it.");
        }

        timestampField = Array.IndexOf(header, request.TimestampColumn);
        meterField = Array.IndexOf(header, request.MeterColumn);
        IEnumerable<string> needed = request.Columns.Select(column => column.Name).Prepend(request.TimestampColumn);
        if (request.NeedsMeters)
        {
            needed = needed.Append(request.MeterColumn);
        }

        for (int index = 0; index < valueFields.Length; index++)
        {
            valueFields[index] = Array.IndexOf(header, request.Columns[index].Name);
        }

        return needed.FirstOrDefault(column => !header.Contains(column, StringComparer.Ordinal)) is { } missing ? MissingColumn(missing) : null;
    }

    private ScenarioProblem MissingColumn(string column)
    {
        if (header is [var only] && only.IndexOfAny([';', '\t', '|']) >= 0)
        {
            return new ScenarioProblem(request.Name, $"is not separated by commas: its header is '{only}'; write it with commas between fields and a point in decimals.");
        }

        return new ScenarioProblem(request.Name, $"there is no column '{column}'; the columns are {string.Join(", ", header.Select(name => $"'{name}'"))}.");
    }

    private void ReadRow(ReadOnlySpan<byte> line, int number)
    {
        if (!fields.TrySplit(line))
        {
            badRows.Add(number, () => "a quoted field does not end, or goes on after its closing quote.");
            return;
        }

        if (fields.Count != header.Length)
        {
            int count = fields.Count;
            badRows.Add(number, () => $"there are {count} fields where the header has {header.Length}.");
            return;
        }

        if (!TryTimestamp(fields.Field(line, timestampField), number, out long time))
        {
            return;
        }

        for (int index = 0; index < values.Length; index++)
        {
            if (!TryValue(fields.Field(line, valueFields[index]), request.Columns[index], number, out values[index]))
            {
                return;
            }
        }

        if (Meter(line, number) is { } meter)
        {
            meter.Add(time, number, values);
        }
    }

    private bool TryTimestamp(ReadOnlySpan<byte> field, int number, out long time)
    {
        TimestampReading reading = TimestampText.Read(field, out time);
        if (reading == TimestampReading.Good)
        {
            return true;
        }

        RefuseTimestamp(Text(field), reading, number);
        return false;
    }

    private bool TryValue(ReadOnlySpan<byte> field, ValueColumn column, int number, out double value)
    {
        if (field.IsEmpty)
        {
            value = double.NaN;
            return true;
        }

        bool read = NumberText.TryRead(field, out value);
        if (read && Math.Abs(value) <= column.Most)
        {
            return true;
        }

        RefuseValue(Text(field), column.Name, read && double.IsFinite(value), number);
        return false;
    }

    // What a sentence needs is captured here and not above, where each good row would pay for it.
    private void RefuseTimestamp(string text, TimestampReading reading, int number) => badRows.Add(number, () => reading == TimestampReading.WithoutOffset
        ? $"'{text}' in column {request.TimestampColumn} has no offset, so that the moment is not known; write it with Z or an offset, such as {text.Replace(' ', 'T')}+01:00."
        : $"'{text}' in column {request.TimestampColumn} is not a timestamp; write it as 2024-06-01T13:00:00Z.");

    private void RefuseValue(string text, string column, bool finite, int number) => badRows.Add(number, () => finite
        ? $"'{text}' in column {column} is beyond anything sensible; check its unit."
        : $"'{text}' in column {column} is not a number; write it as 1.25, or leave it empty where there is no reading.");

    // Rows of one meter mostly stand together: the meter of the row before is tried first.
    private MeterRows? Meter(ReadOnlySpan<byte> line, int number)
    {
        ReadOnlySpan<byte> name = meterField < 0 ? [] : fields.Field(line, meterField);
        if (latest is not null && name.SequenceEqual(latestName))
        {
            return latest;
        }

        if (meterField >= 0 && name.IsEmpty)
        {
            badRows.Add(number, () => $"column {request.MeterColumn} is empty; name the meter.");
            return null;
        }

        latestName = name.ToArray();
        string text = Encoding.UTF8.GetString(name);
        if (!meters.TryGetValue(text, out latest))
        {
            latest = new MeterRows(values.Length);
            meters.Add(text, latest);
        }

        return latest;
    }
}
