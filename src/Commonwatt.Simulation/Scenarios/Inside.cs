using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Says how a series lies in the time of a scenario.</summary>
internal static class Inside
{
    /// <summary>That nothing of a series lies in the scenario's time.</summary>
    public static ScenarioProblem Problem(string path, SeriesReference reference, MeterSeries series, PeriodGrid grid)
    {
        string of = reference.Meter is { } meter ? $" of '{meter}'" : "";
        return new ScenarioProblem(path, $"nothing{of} in {reference.File} lies in the time of the scenario, {grid.Start} to {grid.End}; the file has {series.Start} to {series.End}: change 'start' or 'days'.");
    }

    /// <summary>What an inspection found.</summary>
    public static SeriesProblems Report(string of, string quantity, SeriesReference reference, MeterSeries series, string resampling, SeriesInspection found) => new(
        of,
        quantity,
        reference.File,
        reference.Meter,
        reference.Column,
        (int)series.Step.TotalMinutes,
        resampling,
        found.Readings,
        found.Zero,
        found.Missing,
        found.Outside,
        found.Duplicates,
        found.Negative,
        found.Absurd);
}
