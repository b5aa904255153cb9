namespace Commonwatt.Simulation.Results;

/// <summary>One kind of fault in the input data, how often it came, and the rule that was applied.</summary>
/// <param name="Category">A short name in lower case, such as <c>missing</c>, <c>duplicate</c> or <c>negative</c>.</param>
/// <param name="Count">How many values had the fault.</param>
/// <param name="Rule">What was done about it, as a sentence.</param>
/// <param name="Examples">A few places where it happened: file, line, value.</param>
public sealed record DataProblem(string Category, long Count, string Rule, IReadOnlyList<string> Examples)
{
    /// <summary>The category of readings of zero, which are counted because a dead meter shows there, but may well be true.</summary>
    public const string Zero = "zero";

    /// <summary>Whether the values are wrong or lacking, and not merely worth a look.</summary>
    public bool IsFault => !string.Equals(Category, Zero, StringComparison.Ordinal);
}
