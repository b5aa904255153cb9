using NodaTime;

namespace Commonwatt.Simulation.Results;

/// <summary>What a simulated community did: the one model that <c>summary.json</c> and <c>report.html</c> are made from.</summary>
public sealed record SimulationResult
{
    /// <summary>The scenario's name, as people read it.</summary>
    public required string Scenario { get; init; }

    /// <summary>The clearing mechanism's name, such as <c>pay-as-clear</c>.</summary>
    public required string Mechanism { get; init; }

    /// <summary>The currency of all money and prices.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The community's time zone: its days begin at this zone's midnight.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The start of the first delivery period.</summary>
    public required Instant Start { get; init; }

    /// <summary>How long a delivery period lasts.</summary>
    public required TimeSpan PeriodLength { get; init; }

    /// <summary>The values of each delivery period.</summary>
    public required PeriodSeries Series { get; init; }

    /// <summary>What each member used, traded and paid, in the scenario's order.</summary>
    public required IReadOnlyList<MemberResult> Members { get; init; }

    /// <summary>Where the ledger ended.</summary>
    public required LedgerSummary Ledger { get; init; }

    /// <summary>The sum of all accounts: zero, or money came from nowhere.</summary>
    public required Money Residual { get; init; }

    /// <summary>What was wrong with the input data, and what was done about it.</summary>
    public IReadOnlyList<DataProblem> DataProblems { get; init; } = [];

    /// <summary>How long the run took on the clock on the wall.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The first moment after the last delivery period.</summary>
    public Instant End => StartOf(Series.Count);

    /// <summary>The start of a delivery period.</summary>
    /// <param name="period">Its number, from zero; the number of periods gives the end of the run.</param>
    public Instant StartOf(int period) => Start + TimeSpan.FromTicks(PeriodLength.Ticks * period);
}
