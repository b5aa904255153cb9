using System.Globalization;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Running;

/// <summary>What was odd about the data of a run, by kind, as the report shows it.</summary>
internal static class DataProblemList
{
    private const int MostExamples = 5;

    /// <summary>The kinds that occurred.</summary>
    public static IEnumerable<DataProblem> Of(DataProblems problems)
    {
        (string Category, Func<SeriesProblems, ProblemCount> Of)[] kinds =
        [
            ("missing", series => series.Missing),
            ("outside", series => series.Outside),
            ("duplicate", series => series.Duplicates),
            ("negative", series => series.Negative),
            ("absurd", series => series.Absurd),
        ];
        foreach ((string category, Func<SeriesProblems, ProblemCount> of) in kinds)
        {
            if (Sum(problems, category, of) is { } problem)
            {
                yield return problem;
            }
        }

        if (problems.Zero > 0)
        {
            yield return new DataProblem(DataProblem.Zero, problems.Zero, "Taken as it is: a reading of zero may be true, but many in a row speak of a dead meter.", []);
        }

        foreach (SkippedRows skipped in problems.SkippedRows)
        {
            yield return new DataProblem("skipped-row", skipped.Count, $"Left out of {skipped.File}, as asked for.", skipped.First);
        }
    }

    private static DataProblem? Sum(DataProblems problems, string category, Func<SeriesProblems, ProblemCount> of)
    {
        SeriesProblems[] found = [.. problems.Series.Where(series => of(series).Count > 0)];
        if (found.Length == 0)
        {
            return null;
        }

        IEnumerable<string> examples = found.SelectMany(series => of(series).First.Take(1).Select(example => Place(series, example)));
        return new DataProblem(category, found.Sum(series => of(series).Count), of(found[0]).Rule, [.. examples.Take(MostExamples)]);
    }

    private static string Place(SeriesProblems series, ProblemExample example)
    {
        string line = example.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $" line {number}") : "";
        string value = example.Value is { } found ? string.Create(CultureInfo.InvariantCulture, $": {found}") : "";
        return $"{series.File}{line}, {series.Meter ?? series.Of}, {example.Time}{value}";
    }
}
