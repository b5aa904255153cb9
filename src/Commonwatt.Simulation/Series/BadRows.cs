using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Series;

/// <summary>Collects the rows of one file that cannot be read.</summary>
/// <param name="file">The file as the user named it.</param>
internal sealed class BadRows(string file)
{
    private const int MostProblems = 5;

    private readonly List<(int Line, string Sentence)> first = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one.</summary>
    /// <param name="line">Its number in the file, the header being 1.</param>
    /// <param name="sentence">What is wrong with it and what would be right; made only for the first few.</param>
    public void Add(int line, Func<string> sentence)
    {
        Count++;
        if (first.Count < SkippedRows.Most)
        {
            first.Add((line, sentence()));
        }
    }

    /// <summary>As reasons to refuse the file.</summary>
    public IReadOnlyList<ScenarioProblem> AsProblems()
    {
        List<ScenarioProblem> problems = [.. first.Take(MostProblems).Select(row => new ScenarioProblem($"{file} line {row.Line}", row.Sentence))];
        if (Count > MostProblems)
        {
            problems.Add(new ScenarioProblem(file, $"{Count - MostProblems} more rows cannot be read; mend them, or leave bad rows out with --skip-bad-rows."));
        }

        return problems;
    }

    /// <summary>As rows left out.</summary>
    public SkippedRows AsSkipped() => new(file, Count, [.. first.Select(row => $"line {row.Line}: {row.Sentence}")]);
}
