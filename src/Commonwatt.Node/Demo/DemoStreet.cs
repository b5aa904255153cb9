using System.Globalization;
using Commonwatt.Agents;
using Commonwatt.Markets.Settlement;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>The made-up street that the demo shows: who lives there, what they own, and the rules they trade by.</summary>
internal static class DemoStreet
{
    /// <summary>The community's name, which the ledger bears too.</summary>
    public const string Name = "Rua das Flores, Lisboa";

    /// <summary>The community's time zone.</summary>
    public const string TimeZone = "Europe/Lisbon";

    private const int LeastWithSchool = 10;
    private const int LeastWithBakery = 16;

    private static readonly string[] Families =
    [
        "Almeida", "Barros", "Carvalho", "Dias", "Esteves", "Ferreira", "Gomes", "Henriques", "Inácio", "Jesus", "Lopes", "Marques",
        "Neves", "Oliveira", "Pereira", "Queirós", "Ribeiro", "Santos", "Teixeira", "Vaz", "Xavier", "Antunes", "Brito",
    ];

    // Of eight homes in a row three give energy away at noon, and the others have a use for it.
    private static readonly HomeKind[] Row =
    [
        HomeKind.Flat, HomeKind.Photovoltaic, HomeKind.Battery, HomeKind.Car, HomeKind.Flat, HomeKind.DayCar, HomeKind.Battery, HomeKind.Flat,
    ];

    // The school's kitchen and the bakery begin before the pupils and the customers come.
    private static readonly WorkingHours AtSchool = new(new Power(4_500), FromMinute: 8 * 60, ToMinute: 17 * 60, [DayOfWeek.Saturday, DayOfWeek.Sunday]);
    private static readonly WorkingHours AtTheBakery = new(new Power(3_500), FromMinute: 6 * 60, ToMinute: 19 * 60, [DayOfWeek.Monday]);

    /// <summary>Where it lies: Lisbon.</summary>
    public static Location Place { get; } = new(38.72, -9.14);

    /// <summary>The utility's prices by the time of the day, as tariffs of three rates have them.</summary>
    public static Tariff Retail { get; } = Tariff.FromBands(
    [
        new TariffBand(0, 8 * 60, new Price(138_000)),
        new TariffBand(8 * 60, 11 * 60, new Price(214_000)),
        new TariffBand(11 * 60, 18 * 60, new Price(196_000)),
        new TariffBand(18 * 60, 22 * 60, new Price(289_000)),
        new TariffBand(22 * 60, 0, new Price(172_000)),
    ]);

    /// <summary>What the utility pays for a kWh.</summary>
    public static Price FeedIn { get; } = new(52_000);

    /// <summary>The rules of the market: orders for an hour are taken for most of a day, and the gate closes late.</summary>
    /// <remarks>At three hundred times the wall clock an hour takes twelve seconds: whoever fills in the form still finds the period open.</remarks>
    public static MarketRules Market { get; } = new()
    {
        Mechanism = "pay-as-clear",
        Rationing = "pro-rata",
        Imbalance = ImbalanceRule.Pooled,
        ShortfallPenalty = new Price(20_000),
        ListingLead = TimeSpan.FromHours(18),
        Gate = TimeSpan.FromMinutes(30),
        ReadingDeadline = TimeSpan.FromMinutes(30),
    };

    /// <summary>The scenario of some days on the street.</summary>
    /// <param name="homes">Its homes.</param>
    /// <param name="start">The first local day.</param>
    /// <param name="days">How many days.</param>
    /// <param name="period">The length of a period.</param>
    /// <param name="seed">What it is made up from.</param>
    public static Scenario Scenario(IReadOnlyList<DemoHome> homes, DateOnly start, int days, TimeSpan period, ulong seed) => new()
    {
        Name = Name,
        TimeZone = TimeZone,
        Currency = Currency.Euro,
        Start = start,
        Days = days,
        Period = period,
        Seed = seed,
        Location = Place,
        Market = Market,
        Tariffs = new TariffRules(new TariffSource.OfDay(Retail), TariffSource.Flat(FeedIn), LocalGridFee: new Price(15_000)),
        Wallet = new WalletRules(new Money(120_000_000), new Money(400_000_000)),
        Members = [.. homes.Select(home => home.Rules)],
    };

    /// <summary>The homes of a street; the same seed makes the same.</summary>
    /// <param name="count">How many, 2 or more; the last of ten or more is the school, and the one before it, of sixteen or more, the bakery.</param>
    /// <param name="seed">What they are made up from.</param>
    public static IReadOnlyList<DemoHome> Homes(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        int width = int.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        var homes = new List<DemoHome>(count);
        for (int index = 0; index < count; index++)
        {
            string id = $"h{(index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0')}";
            var random = new SeededRandom(SeededRandom.Mix(SeededRandom.Mix(seed, "home"), id));
            homes.Add((count - index) switch
            {
                1 when count >= LeastWithSchool => School(id),
                2 when count >= LeastWithBakery => Bakery(id),
                _ => Home(id, index, ref random),
            });
        }

        return homes;
    }

    private static DemoHome School(string id) =>
        new(HomeKind.School, new MemberRules(id, Load(4_500)) { Name = "Escola Básica das Flores", Pv = Panels(12_000, azimuth: null), Connection = new Power(41_400) }) { Work = AtSchool };

    private static DemoHome Bakery(string id) =>
        new(HomeKind.Bakery, new MemberRules(id, Load(3_000)) { Name = "Padaria das Flores", Connection = new Power(20_700) }) { Work = AtTheBakery };

    private static DemoHome Home(string id, int index, ref SeededRandom random)
    {
        HomeKind kind = Row[index % Row.Length];
        long annual = (kind == HomeKind.Flat ? 1600 : 2500) + (long)(random.NextShare() * 1600);
        long peak = 3000 + ((long)(random.NextShare() * 7) * 500);
        double? azimuth = random.NextShare() < 0.3 ? 100 + (random.NextShare() * 160) : null;
        bool hasPanels = kind is HomeKind.Photovoltaic or HomeKind.Battery;
        long capacity = 5000 + ((long)(random.NextShare() * 6) * 1000);
        var rules = new MemberRules(id, Load(annual))
        {
            Name = NameOf(index),
            Pv = hasPanels ? Panels(peak, azimuth) : null,
            Battery = kind == HomeKind.Battery ? new BatteryRules(new Energy(capacity), new Power(capacity / 2)) : null,
            Connection = new Power(13_800),
        };
        return new DemoHome(kind, rules) { Car = kind switch { HomeKind.Car => CarHabit.ByNight, HomeKind.DayCar => CarHabit.ByDay, _ => null } };
    }

    private static string NameOf(int index) =>
        index < Families.Length ? $"Família {Families[index]}" : $"Família {Families[index % Families.Length]} {(index / Families.Length) + 1}";

    private static LoadSource.Household Load(long kilowattHoursAYear) =>
        new(Energy.FromKilowattHours(kilowattHoursAYear)) { ElectricVehicle = false, PoolPump = false };

    private static GenerationSource.Photovoltaic Panels(long peak, double? azimuth) => new(new Power(peak)) { Azimuth = azimuth };
}
