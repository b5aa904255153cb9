using Commonwatt.Agents;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>A community and the stretch of time to simulate it for: what a scenario file says, checked, with the defaults filled in.</summary>
public sealed record Scenario
{
    /// <summary>The community's name.</summary>
    public required string Name { get; init; }

    /// <summary>The time zone that the community lives in, by its IANA name, such as <c>Europe/Lisbon</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The currency of every price and amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The first local day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>How many local days, 1 to 3660.</summary>
    public required int Days { get; init; }

    /// <summary>The length of a delivery period: one of <see cref="DeliveryPeriod.Lengths"/>.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>What everything made up is drawn from; the same seed makes the same data. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where the community lies; null for the principal place of its time zone.</summary>
    public Location? Location { get; init; }

    /// <summary>The rules of its market.</summary>
    public MarketRules Market { get; init; } = new();

    /// <summary>What the utility and the grid operator charge.</summary>
    public required TariffRules Tariffs { get; init; }

    /// <summary>The grid's carbon intensity in kg/kWh; null where emissions are not reckoned.</summary>
    public CarbonIntensity? CarbonIntensity { get; init; }

    /// <summary>How members forecast that do not say otherwise.</summary>
    public ForecastKind Forecast { get; init; } = ForecastKind.Persistence;

    /// <summary>What members' wallets hold at the start.</summary>
    public WalletRules Wallet { get; init; } = new();

    /// <summary>The members named one by one.</summary>
    public IReadOnlyList<MemberRules> Members { get; init; } = [];

    /// <summary>Members made of the meters in a file, or null.</summary>
    public MembersFromFile? MembersFrom { get; init; }

    /// <summary>The folder that paths in the scenario are relative to; empty for the current one.</summary>
    public string Folder { get; init; } = "";
}

/// <summary>A place on the Earth, for sunshine and seasons.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public readonly record struct Location(double Latitude, double Longitude);

/// <summary>What a member's wallet holds at the start.</summary>
/// <param name="Deposit">Paid in before the first period.</param>
/// <param name="CreditLine">How far it may go below zero.</param>
public sealed record WalletRules(Money Deposit, Money CreditLine)
{
    /// <summary>No deposit and a credit line of a million: money is no limit unless the scenario makes it one.</summary>
    public WalletRules()
        : this(Money.Zero, new Money(1_000_000_000_000))
    {
    }
}
