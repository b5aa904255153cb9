using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>A car that charges at home, on most days, for what the day's trips took.</summary>
internal static class CarCharging
{
    private const double DaysOfWeek = 7;

    /// <summary>What it takes in each step of a grid, in Wh. The same seed and day make the same.</summary>
    /// <param name="habit">When and how much.</param>
    /// <param name="grid">The steps.</param>
    /// <param name="seed">The home's seed.</param>
    public static double[] Of(CarHabit habit, PeriodGrid grid, ulong seed)
    {
        double[] energy = new double[grid.Count];
        double most = habit.Power.Watts * grid.Length.TotalHours;
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
                bool charges = random.NextShare() < habit.DaysAWeek / DaysOfWeek;
                left = charges ? habit.LeastTrip + (habit.TripSpread * random.NextShare()) : 0;
                start = habit.FromMinute + (int)(habit.StartSpread * random.NextShare());
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
