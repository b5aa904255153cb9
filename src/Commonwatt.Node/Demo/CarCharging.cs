using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>A car that charges at home at night, when the tariff is low: most nights, for what the day's trips took.</summary>
internal static class CarCharging
{
    private const double NightsAWeek = 5;
    private const double LeastTrip = 3_000;
    private const double TripSpread = 9_000;
    private const int EarliestMinute = 15;
    private const int StartSpread = 150;

    /// <summary>What it takes in each step of a grid, in Wh. The same seed and day make the same night.</summary>
    /// <param name="power">What it charges with.</param>
    /// <param name="grid">The steps.</param>
    /// <param name="seed">The home's seed.</param>
    public static double[] Of(Power power, PeriodGrid grid, ulong seed)
    {
        double[] energy = new double[grid.Count];
        double most = power.Watts * grid.Length.TotalHours;
        double left = 0;
        int start = 0;
        DateOnly? today = null;
        for (int step = 0; step < energy.Length; step++)
        {
            DateOnly day = grid.LocalDayOf(step);
            if (day != today)
            {
                today = day;
                var random = new SeededRandom(SeededRandom.Mix(seed, (ulong)day.DayNumber));
                bool charges = random.NextShare() < NightsAWeek / 7;
                left = charges ? LeastTrip + (TripSpread * random.NextShare()) : 0;
                start = EarliestMinute + (int)(StartSpread * random.NextShare());
            }

            if (left > 0 && grid.LocalMinuteOf(step) >= start)
            {
                energy[step] = Math.Min(most, left);
                left -= energy[step];
            }
        }

        return energy;
    }
}
