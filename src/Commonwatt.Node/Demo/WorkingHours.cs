using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Node.Demo;

/// <summary>What a school or a shop takes while people work there, on top of what runs day and night.</summary>
/// <param name="Power">What it takes then, on the mean.</param>
/// <param name="FromMinute">The minute of the local day that work begins at.</param>
/// <param name="ToMinute">The minute that it ends at.</param>
/// <param name="Rests">The days of the week on which nobody works.</param>
internal sealed record WorkingHours(Power Power, int FromMinute, int ToMinute, IReadOnlyList<DayOfWeek> Rests)
{
    private const double Spread = 0.15;
    private const int MinutesAnHour = 60;
    private const int DaysAWeek = 7;
    private const int WeeksAYear = 52;

    /// <summary>What it comes to in a year, about.</summary>
    public long AnnualWattHours => Power.Watts * (ToMinute - FromMinute) / MinutesAnHour * (DaysAWeek - Rests.Count) * WeeksAYear;

    /// <summary>Adds what is taken in each step of a grid, in Wh. The same seed and day make the same day.</summary>
    public void AddTo(double[] load, PeriodGrid grid, ulong seed)
    {
        double usual = Power.Watts * grid.Length.TotalHours;
        for (int step = 0; step < load.Length; step++)
        {
            int minute = grid.LocalMinuteOf(step);
            DateOnly day = grid.LocalDayOf(step);
            if (minute >= FromMinute && minute < ToMinute && !Rests.Contains(day.DayOfWeek))
            {
                var random = new SeededRandom(SeededRandom.Mix(SeededRandom.Mix(seed, (ulong)day.DayNumber), (ulong)(minute / MinutesAnHour)));
                load[step] += usual * (1 - Spread + (2 * Spread * random.NextShare()));
            }
        }
    }
}
