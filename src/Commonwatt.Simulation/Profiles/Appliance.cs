namespace Commonwatt.Simulation.Profiles;

/// <summary>A household appliance as table 8 of Casquiço et al. (2021) has it (see docs/profiles.md), and how homes use it.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="From">The hour it may start at.</param>
/// <param name="To">The hour it must be done by; more than 24 for the next day.</param>
/// <param name="WorkingHours">How long it works on a day of full use.</param>
/// <param name="Kilowatts">Its power rating.</param>
internal sealed record Appliance(string Name, double From, double To, double WorkingHours, double Kilowatts)
{
    /// <summary>The share of <see cref="WorkingHours"/> that an average day has.</summary>
    public double Use { get; init; } = 1;

    /// <summary>How much more it is used at the weekend.</summary>
    public double Weekend { get; init; } = 1;

    /// <summary>How much more it is used in the middle of winter, and less in the middle of summer; below zero the other way round.</summary>
    public double Winter { get; init; }

    /// <summary>When it runs: it is done in one run, or several.</summary>
    public IReadOnlyList<Run> Runs { get; init; } = [];

    /// <summary>The share of homes with 3,500 kWh a year that have one, and how much more for each 1,000 kWh.</summary>
    public (double Share, double PerMegawattHour) Owned { get; init; } = (1, 0);

    /// <summary>A time of the day at which it usually starts.</summary>
    /// <param name="Hour">The usual hour.</param>
    /// <param name="Spread">The deviation in hours from day to day.</param>
    /// <param name="Share">The share of the day's working time.</param>
    /// <param name="Likely">On which share of the days.</param>
    internal readonly record struct Run(double Hour, double Spread, double Share, double Likely);

    /// <summary>The table's rows, in its order. Times, hours and ratings are the table's; the rest is ours and described in docs/profiles.md.</summary>
    public static IReadOnlyList<Appliance> Table { get; } =
    [
        new("Refrigerator", 0, 24, 24, 0.125),
        new("Electric Vehicle", 19, 30, 6, 3.65) { Use = 0.35, Weekend = 0.8, Winter = 0.1, Runs = [new(21, 1.8, 1, 0.7)], Owned = (0.04, 0.09) },
        new("Air Conditioner", 19, 24, 7, 1.00) { Use = 0.35, Winter = -1, Runs = [new(19.8, 1, 0.6, 0.8)], Owned = (0.3, 0.1) },
        new("Cloth Dryer", 6, 22, 4, 0.74) { Use = 0.3, Weekend = 1.5, Winter = 0.3, Runs = [new(18, 3, 1, 0.4)], Owned = (0.4, 0.1) },
        new("Dish Washer", 22, 23, 1.5, 0.47) { Weekend = 1.2, Runs = [new(22, 0.2, 0.67, 0.6)], Owned = (0.6, 0.1) },
        new("Hair Dryer", 6, 8, 0.5, 1.00) { Use = 0.5, Weekend = 0.8, Runs = [new(7, 0.5, 1, 0.7)], Owned = (0.7, 0) },
        new("Pool Pump", 12, 21, 8, 2.00) { Use = 0.5, Winter = -0.9, Runs = [new(12.5, 0.5, 1, 1)], Owned = (0, 0.03) },
        new("Television", 7, 24, 4, 0.25) { Weekend = 1.3, Winter = 0.1, Runs = [new(8, 1, 0.1, 0.4), new(19.5, 0.8, 0.8, 0.95)], Owned = (0.95, 0) },
        new("Water Heater", 6, 23, 3, 1.50) { Use = 0.7, Winter = 0.2, Runs = [new(6.9, 0.7, 0.4, 0.9), new(20, 1.6, 0.6, 0.95)], Owned = (0.35, 0.08) },
        new("Electric Stove", 6, 21, 5, 1.50) { Use = 0.3, Weekend = 1.3, Winter = 0.1, Runs = [new(7.2, 0.6, 0.1, 0.5), new(12.3, 0.6, 0.25, 0.5), new(18.6, 0.9, 0.65, 0.95)], Owned = (0.85, 0) },
        new("Light", 16, 24, 7, 0.5) { Use = 0.4, Winter = 0.45, Runs = [new(18.3, 1, 1, 1)] },
        new("Personal Computer", 8, 18, 5, 0.25) { Use = 0.6, Weekend = 0.7, Runs = [new(9.5, 1, 0.6, 0.6), new(14, 1, 0.6, 0.6)], Owned = (0.8, 0) },
        new("Vacuum Cleaner", 10, 12, 0.5, 1.5) { Weekend = 2, Runs = [new(10.5, 0.5, 1, 0.25)], Owned = (0.95, 0) },
        new("Iron", 21, 23, 2, 1.5) { Use = 0.25, Runs = [new(21.2, 0.4, 1, 0.25)], Owned = (0.85, 0) },
    ];
}
