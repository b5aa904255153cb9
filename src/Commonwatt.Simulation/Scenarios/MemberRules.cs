using Commonwatt.Agents;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>One member of the community.</summary>
/// <param name="Id">Short and unique, such as <c>h01</c>.</param>
/// <param name="Load">What it consumes.</param>
public sealed record MemberRules(string Id, LoadSource Load)
{
    /// <summary>The name people read; the id where none is given.</summary>
    public string? Name { get; init; }

    /// <summary>What it generates, or null.</summary>
    public GenerationSource? Pv { get; init; }

    /// <summary>Its battery, or null.</summary>
    public BatteryRules? Battery { get; init; }

    /// <summary>How it bids.</summary>
    public BiddingStrategyKind Strategy { get; init; } = BiddingStrategyKind.Truthful;

    /// <summary>How it forecasts; null for the scenario's way.</summary>
    public ForecastKind? Forecast { get; init; }

    /// <summary>What its connection to the grid carries.</summary>
    public Power Connection { get; init; } = DefaultConnection;

    /// <summary>Paid into its wallet at the start; null for the scenario's deposit.</summary>
    public Money? Deposit { get; init; }

    /// <summary>How far its wallet may go below zero; null for the scenario's credit line.</summary>
    public Money? CreditLine { get; init; }

    /// <summary>Its weight under <c>sharing-key</c> with the <c>static</c> key, in whole shares; 1 for equal shares.</summary>
    public long SharingWeight { get; init; } = 1;

    /// <summary>Its tier under <c>sharing-key</c> with the <c>tiered</c> key: the lowest is served first.</summary>
    public int SharingTier { get; init; } = 1;

    /// <summary>
    /// 86.25 kW: three phases of 125 A at 230 V, the most that meters without current transformers are made for. Most homes have a third of that, but
    /// some with storage heating have twice 40 kW, and by default only readings that no home can have are to count as absurd.
    /// </summary>
    public static Power DefaultConnection { get; } = new(86_250);
}

/// <summary>Where a member's consumption comes from.</summary>
public abstract record LoadSource
{
    private LoadSource()
    {
    }

    /// <summary>From a file.</summary>
    /// <param name="Series">Where to find it.</param>
    public sealed record FromSeries(SeriesReference Series) : LoadSource;

    /// <summary>Made up: see <see cref="Profiles.HouseholdProfile"/>.</summary>
    /// <param name="AnnualConsumption">What the home uses in a year.</param>
    public sealed record Household(Energy AnnualConsumption) : LoadSource
    {
        /// <summary>Whether it charges a car; null leaves it to the seed and the consumption.</summary>
        public bool? ElectricVehicle { get; init; }

        /// <summary>Whether it has an air conditioner; null leaves it to the seed and the consumption.</summary>
        public bool? AirConditioner { get; init; }

        /// <summary>Whether it has a pool pump; null leaves it to the seed and the consumption.</summary>
        public bool? PoolPump { get; init; }
    }
}

/// <summary>Where a member's generation comes from.</summary>
public abstract record GenerationSource
{
    private GenerationSource()
    {
    }

    /// <summary>From a file.</summary>
    /// <param name="Series">Where to find it.</param>
    public sealed record FromSeries(SeriesReference Series) : GenerationSource;

    /// <summary>Made up: see <see cref="Profiles.PhotovoltaicProfile"/>.</summary>
    /// <param name="Peak">The installed power, W under standard conditions (kWp).</param>
    public sealed record Photovoltaic(Power Peak) : GenerationSource
    {
        /// <summary>The tilt from horizontal in degrees, 0 to 90; null for a sensible one at the community's latitude.</summary>
        public double? Tilt { get; init; }

        /// <summary>Where the panels face, in degrees clockwise from north, 0 to 360; null for toward the equator.</summary>
        public double? Azimuth { get; init; }
    }
}

/// <summary>A member's battery: see <see cref="BatterySelfConsumption"/>.</summary>
/// <param name="Capacity">The usable capacity.</param>
/// <param name="Power">The most it charges or discharges with.</param>
public sealed record BatteryRules(Energy Capacity, Power Power)
{
    /// <summary>What comes out of what went in: above 0, at most 1.</summary>
    public double RoundTripEfficiency { get; init; } = 0.9;

    /// <summary>How full it is at the start: 0 to 1.</summary>
    public double InitialCharge { get; init; }
}
