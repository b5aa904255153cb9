namespace Commonwatt.Simulation.Scenarios;

/// <summary>One thing that is wrong with a scenario or its data, as a sentence that a person can act on.</summary>
/// <param name="Place">Where: a path in the scenario (<c>members[3].pv.kWp</c>), or a file and line.</param>
/// <param name="Sentence">What was found and what would be right.</param>
public sealed record ScenarioProblem(string Place, string Sentence)
{
    /// <summary>Place and sentence: <c>members[3].pv.kWp: 'four' is not a number; …</c>.</summary>
    public override string ToString() => $"{Place}: {Sentence}";
}

/// <summary>What was asked for, or everything that stands in its way.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">What was asked for; null where there are problems.</param>
/// <param name="Problems">The problems, in the order they were found; empty where there is a value.</param>
public sealed record ScenarioResult<T>(T? Value, IReadOnlyList<ScenarioProblem> Problems)
    where T : class
{
    /// <summary>A result without problems.</summary>
    public static ScenarioResult<T> Good(T value) => new(value, []);

    /// <summary>A result of problems, at least one.</summary>
    public static ScenarioResult<T> Refused(IReadOnlyList<ScenarioProblem> problems) => new(null, problems);

    /// <summary>The value.</summary>
    /// <exception cref="InvalidDataException">There are problems; the message lists them.</exception>
    public T Required() => Value ?? throw new InvalidDataException(string.Join('\n', Problems));
}
