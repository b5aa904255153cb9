using System.Globalization;
using Commonwatt.Agents;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Scenarios of any size without a file: for benchmarks, demonstrations and tests.</summary>
public static class MadeUpNeighbourhood
{
    private const double ShareWithPv = 0.5;
    private const double ShareOfPvWithBattery = 0.3;

    /// <summary>A neighbourhood in Lisbon: homes of 1,500 to 6,500 kWh a year, half of them with 2 to 6 kWp of PV, and of those a third with a battery.</summary>
    /// <param name="members">How many homes, 1 or more.</param>
    /// <param name="days">How many days from 1 January 2024 on, 1 to 3660.</param>
    /// <param name="period">The length of a delivery period: one of <see cref="DeliveryPeriod.Lengths"/>.</param>
    /// <param name="seed">The same seed makes the same homes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Scenario Create(int members, int days, TimeSpan period, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 3660);
        return new Scenario
        {
            Name = $"A neighbourhood of {members}",
            TimeZone = "Europe/Lisbon",
            Currency = Currency.Euro,
            Start = new DateOnly(2024, 1, 1),
            Days = days,
            Period = period,
            Seed = seed,
            Tariffs = new TariffRules(TariffSource.Flat(new Price(220_000)), TariffSource.Flat(new Price(50_000)), new Price(20_000)),
            Members = [.. Homes(members, seed)],
        };
    }

    private static IEnumerable<MemberRules> Homes(int count, ulong seed)
    {
        int width = count.ToString(CultureInfo.InvariantCulture).Length;
        for (int number = 1; number <= count; number++)
        {
            var random = new SeededRandom(SeededRandom.Mix(seed, (ulong)number));
            yield return Home(number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'), ref random);
        }
    }

    private static MemberRules Home(string number, ref SeededRandom random)
    {
        long annual = 1500 + (long)(random.NextShare() * 5000);
        long peak = 2000 + ((long)(random.NextShare() * 9) * 500);
        bool hasPv = random.NextShare() < ShareWithPv;
        bool hasBattery = random.NextShare() < ShareOfPvWithBattery && hasPv;
        return new MemberRules($"h{number}", new LoadSource.Household(Energy.FromKilowattHours(annual)))
        {
            Pv = hasPv ? new GenerationSource.Photovoltaic(new Power(peak)) : null,
            Battery = hasBattery ? new BatteryRules(new Energy(peak + 1000), new Power(peak / 2)) : null,
        };
    }
}
