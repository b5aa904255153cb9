using Commonwatt.Simulation.Results;
using NodaTime;

namespace Commonwatt.Simulation.Tests.Results;

/// <summary>Two houses over four hours, small enough to work out by hand.</summary>
/// <remarks>
/// Sun makes 2 and 3 kWh in the hours 1 and 2; home uses 1 kWh in each hour; retail is 0.20, feed-in 0.05, the local price 0.10 and 0.12.
/// Hour 1: sun uses 0.5 itself and gives 1.5; home takes 1, so 0.5 goes to the grid. Hour 2: gives 2.5, home takes 1, so 1.5 goes to the grid.
/// Hours 0 and 3: home takes 1 and sun 0.5 from the grid.
/// </remarks>
internal static class TwoHouses
{
    public static SimulationResult Run(string name = "Two houses") => new()
    {
        Scenario = name,
        Mechanism = "pay-as-clear",
        Currency = Currency.Euro,
        TimeZone = DateTimeZoneProviders.Tzdb["Europe/Lisbon"],
        Start = Instant.From(new DateTimeOffset(2024, 6, 1, 10, 0, 0, TimeSpan.Zero)),
        PeriodLength = TimeSpan.FromHours(1),
        Series = new PeriodSeries
        {
            LocalPrice = [null, new Price(100_000), new Price(120_000), null],
            Traded = Energies(0, 1000, 1000, 0),
            Load = Energies(1500, 1500, 1500, 1500),
            Generation = Energies(0, 2000, 3000, 0),
            MemberImport = Energies(1500, 1000, 1000, 1500),
            MemberExport = Energies(0, 1500, 2500, 0),
            CommunityImport = Energies(1500, 0, 0, 1500),
            CommunityExport = Energies(0, 500, 1500, 0),
            Retail = [.. Enumerable.Repeat(new Price(200_000), 4)],
            FeedIn = [.. Enumerable.Repeat(new Price(50_000), 4)],
            CarbonIntensity = [100, 50, 50, 300],
        },
        Members =
        [
            // Alone: 1 kWh bought at 0.20, 4 kWh fed in at 0.05. Together: 2 of the 4 go to home for 0.10 and 0.12.
            Member("sun", load: 2000, made: 5000, import: 1000, export: 4000, bought: 0, sold: 2000, without: 0, with: -120_000),
            // Alone: 4 kWh at 0.20. Together: 2 of them for 0.10 and 0.12.
            Member("home", load: 4000, made: 0, import: 4000, export: 0, bought: 2000, sold: 0, without: 800_000, with: 620_000),
        ],
        Ledger = new LedgerSummary(6, 24, "ab12", Signatures: true),
        Residual = Money.Zero,
        DataProblems = [new DataProblem("missing", 3, "The week before stands in.", ["homes.csv line 7: \"home\" has no value"])],
        Elapsed = TimeSpan.FromMilliseconds(1234),
    };

    private static Energy[] Energies(params long[] wattHours) => Array.ConvertAll(wattHours, value => new Energy(value));

    private static MemberResult Member(string id, long load, long made, long import, long export, long bought, long sold, long without, long with) => new()
    {
        Id = id,
        Name = id,
        Strategy = "truthful",
        Load = new Energy(load),
        Generation = new Energy(made),
        Import = new Energy(import),
        Export = new Energy(export),
        Bought = new Energy(bought),
        Sold = new Energy(sold),
        CostWithoutMarket = new Money(without),
        CostWithMarket = new Money(with),
    };
}
