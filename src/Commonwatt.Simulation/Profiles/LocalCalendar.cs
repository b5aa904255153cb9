using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>The periods of a grid by local day and time, worked out once for all homes. On a day of 23 hours an hour's habits fall away, on one of 25 an hour's come twice.</summary>
public sealed class LocalCalendar
{
    private readonly short[] slots;
    private readonly short[] days;
    private readonly int slotsPerPeriod;

    /// <summary>The calendar of a grid.</summary>
    public LocalCalendar(PeriodGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        FirstDay = grid.LocalDayOf(0);
        slots = new short[grid.Count];
        days = new short[grid.Count];
        slotsPerPeriod = (int)(grid.Length.Ticks / TimeSpan.TicksPerMinute) / HouseholdHabits.SlotMinutes;
        for (int period = 0; period < grid.Count; period++)
        {
            slots[period] = (short)(grid.LocalMinuteOf(period) / HouseholdHabits.SlotMinutes);
            days[period] = (short)(grid.LocalDayOf(period).DayNumber - FirstDay.DayNumber);
        }
    }

    /// <summary>The local day of the first period.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>How many periods there are.</summary>
    public int Count => slots.Length;

    /// <summary>How many local days there are.</summary>
    public int Days => days[^1] + 1;

    /// <summary>The local day that a period starts on, 0 for the first.</summary>
    internal int DayOf(int period) => days[period];

    /// <summary>The energy of the day's slots that make up a period.</summary>
    internal double Sum(double[] day, int period)
    {
        double sum = 0;
        for (int slot = slots[period]; slot < slots[period] + slotsPerPeriod; slot++)
        {
            sum += day[slot];
        }

        return sum;
    }
}
