namespace Commonwatt.Simulation.Series;

/// <summary>How often something was wrong, what was done about it, and the first few places.</summary>
/// <param name="Count">How often.</param>
/// <param name="Rule">What was done about it.</param>
/// <param name="First">The first few, in the order of time; at most <see cref="Most"/>.</param>
public sealed record ProblemCount(long Count, string Rule, IReadOnlyList<ProblemExample> First)
{
    /// <summary>How many examples are kept.</summary>
    public const int Most = 5;
}

/// <summary>One place where something was wrong.</summary>
/// <param name="Line">The line in the file, the header being line 1; null where there is no line because the reading is missing.</param>
/// <param name="Time">The start of the interval, ISO 8601 in UTC.</param>
/// <param name="Value">The value as the file's unit has it, or null where there is none.</param>
public sealed record ProblemExample(int? Line, string Time, double? Value);

/// <summary>Rows of one file that were left out because the user asked for it.</summary>
/// <param name="File">The file as the scenario names it.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first few, each a sentence with its line number; at most <see cref="Most"/>.</param>
public sealed record SkippedRows(string File, long Count, IReadOnlyList<string> First)
{
    /// <summary>How many sentences are kept.</summary>
    public const int Most = 20;
}
