using Commonwatt.Agents;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>One member for each meter in a file, with the meter's name as its id.</summary>
/// <param name="File">The path, relative to the scenario file.</param>
public sealed record MembersFromFile(string File)
{
    /// <summary>The column that holds the start of each interval.</summary>
    public string TimestampColumn { get; init; } = "timestamp";

    /// <summary>The column that says which meter a row belongs to.</summary>
    public string MeterColumn { get; init; } = "meter";

    /// <summary>The column with the consumption.</summary>
    public string LoadColumn { get; init; } = "load_kwh";

    /// <summary>The column with the generation; null where the file has none.</summary>
    public string? PvColumn { get; init; }

    /// <summary>Generation made up for a share of the meters; null for none.</summary>
    public SharedPv? Pv { get; init; }

    /// <summary>Batteries for a share of the meters; null for none.</summary>
    public SharedBattery? Battery { get; init; }

    /// <summary>Meters to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>How they bid.</summary>
    public BiddingStrategyKind Strategy { get; init; } = BiddingStrategyKind.Truthful;

    /// <summary>How they forecast; null for the scenario's way.</summary>
    public ForecastKind? Forecast { get; init; }

    /// <summary>What each connection to the grid carries.</summary>
    public Power Connection { get; init; } = MemberRules.DefaultConnection;

    /// <summary>Paid into each wallet at the start; null for the scenario's deposit.</summary>
    public Money? Deposit { get; init; }

    /// <summary>How far each wallet may go below zero; null for the scenario's credit line.</summary>
    public Money? CreditLine { get; init; }
}

/// <summary>A PV system that a share of the meters in a file gets.</summary>
/// <param name="System">The system.</param>
/// <param name="Share">Which share of the meters, 0 to 1, rounded to whole meters; the scenario's seed chooses which.</param>
public sealed record SharedPv(GenerationSource.Photovoltaic System, double Share);

/// <summary>A battery that a share of the meters in a file gets; those with generation come first.</summary>
/// <param name="Battery">The battery.</param>
/// <param name="Share">Which share of the meters, 0 to 1, rounded to whole meters; the scenario's seed chooses which.</param>
public sealed record SharedBattery(BatteryRules Battery, double Share);
