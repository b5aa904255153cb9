using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>What was odd about the data of a scenario, counted, with the rule applied; nothing in it stopped the simulation. Ready to be written as JSON.</summary>
/// <param name="Series">Every series read from a file, clean ones too, members first.</param>
/// <param name="SkippedRows">Rows left out because the user asked for it.</param>
public sealed record DataProblems(IReadOnlyList<SeriesProblems> Series, IReadOnlyList<SkippedRows> SkippedRows)
{
    /// <summary>How many intervals are missing inside the meters' own spans.</summary>
    public long Missing => Series.Sum(series => series.Missing.Count);

    /// <summary>How many intervals of the scenario lie outside the meters' own spans.</summary>
    public long Outside => Series.Sum(series => series.Outside.Count);

    /// <summary>How many rows repeat an interval.</summary>
    public long Duplicates => Series.Sum(series => series.Duplicates.Count);

    /// <summary>How many readings are below zero.</summary>
    public long Negative => Series.Sum(series => series.Negative.Count);

    /// <summary>How many readings are more than a connection carries.</summary>
    public long Absurd => Series.Sum(series => series.Absurd.Count);

    /// <summary>How many readings are zero: no problem in themselves, but a dead meter shows here.</summary>
    public long Zero => Series.Sum(series => series.Zero);
}

/// <summary>What was odd about one series inside the time of the scenario.</summary>
/// <param name="Of">What it is for: a member's id, or a field of the scenario such as <c>tariffs.retail</c>.</param>
/// <param name="Quantity"><c>load</c>, <c>pv</c>, <c>price</c> or <c>carbon</c>.</param>
/// <param name="File">The file as the scenario names it.</param>
/// <param name="Meter">The meter in the file, or null.</param>
/// <param name="Column">The column in the file.</param>
/// <param name="StepMinutes">The resolution of the data.</param>
/// <param name="Resampling">What was done to come to the period: <c>none</c>, <c>summed up</c>, <c>split evenly</c>, <c>averaged</c> or <c>repeated</c>.</param>
/// <param name="Readings">How many readings lie in the time of the scenario.</param>
/// <param name="Zero">How many of them are zero.</param>
/// <param name="Missing">Intervals without a reading, between the meter's first and last.</param>
/// <param name="Outside">Intervals of the scenario before the meter's first reading or after its last.</param>
/// <param name="Duplicates">Rows for an interval that had one before.</param>
/// <param name="Negative">Readings below zero.</param>
/// <param name="Absurd">Readings above what the member's connection carries.</param>
public sealed record SeriesProblems(
    string Of,
    string Quantity,
    string File,
    string? Meter,
    string Column,
    int StepMinutes,
    string Resampling,
    long Readings,
    long Zero,
    ProblemCount Missing,
    ProblemCount Outside,
    ProblemCount Duplicates,
    ProblemCount Negative,
    ProblemCount Absurd);
