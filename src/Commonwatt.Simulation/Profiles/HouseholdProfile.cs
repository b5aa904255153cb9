using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>
/// Made-up consumption of one home, appliance by appliance after table 8 of Casquiço et al. (2021), scaled so that the 365 days from the scenario's first day
/// on come to the consumption asked for. The same seed makes the same home.
/// </summary>
public static class HouseholdProfile
{
    private const int DaysPerYear = 365;

    /// <summary>The home's consumption in Wh a period.</summary>
    /// <param name="home">What it uses in a year and which large appliances it has.</param>
    /// <param name="place">Where it is, for the seasons.</param>
    /// <param name="calendar">The periods by local time; made once for all homes.</param>
    /// <param name="seed">The member's seed.</param>
    public static double[] Consumption(LoadSource.Household home, Location place, LocalCalendar calendar, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(calendar);
        var habits = new HouseholdHabits(home, new Climate(place), seed);
        double[] slots = new double[HouseholdHabits.SlotsPerDay * 2];
        double[] energy = new double[calendar.Count];
        double year = 0;
        int period = 0;
        int days = int.Max(DaysPerYear, calendar.Days);

        // The evening before the first day runs on into it.
        habits.Live(calendar.FirstDay.AddDays(-1), slots);
        for (int day = 0; day < days; day++)
        {
            habits.Live(calendar.FirstDay.AddDays(day), slots);
            for (int slot = 0; slot < HouseholdHabits.SlotsPerDay && day < DaysPerYear; slot++)
            {
                year += slots[slot];
            }

            for (; period < energy.Length && calendar.DayOf(period) <= day; period++)
            {
                energy[period] = calendar.Sum(slots, period);
            }
        }

        double scale = home.AnnualConsumption.WattHours / year;
        for (period = 0; period < energy.Length; period++)
        {
            energy[period] *= scale;
        }

        return energy;
    }
}
