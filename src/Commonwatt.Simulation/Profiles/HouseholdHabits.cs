using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>Which appliances a home has and how it lives with them, day by day. A day is the same whichever day the scenario starts on.</summary>
internal sealed class HouseholdHabits
{
    /// <summary>The length of a slot.</summary>
    public const int SlotMinutes = 5;

    /// <summary>How many slots a day has.</summary>
    public const int SlotsPerDay = 24 * 60 / SlotMinutes;

    private const double SlotsPerHour = 60.0 / SlotMinutes;
    private const double FridgeSwing = 0.25;

    private readonly List<(Appliance Appliance, double Use)> owned = [];
    private readonly Climate climate;
    private readonly ulong seed;
    private readonly double lateness;

    public HouseholdHabits(LoadSource.Household home, Climate climate, ulong seed)
    {
        this.climate = climate;
        this.seed = SeededRandom.Mix(seed, "days");
        var random = new SeededRandom(SeededRandom.Mix(seed, "home"));
        lateness = random.NextNormal() * 0.9;
        foreach (Appliance appliance in Appliance.Table)
        {
            double likely = appliance.Owned.Share + (appliance.Owned.PerMegawattHour * ((home.AnnualConsumption.WattHours / 1e6) - 3.5));
            bool drawn = random.NextShare() < likely;
            double use = 0.6 + (0.8 * random.NextShare());
            if (Said(home, appliance) ?? drawn)
            {
                owned.Add((appliance, use));
            }
        }
    }

    /// <summary>Lives one day. What yesterday left for after midnight comes first.</summary>
    /// <param name="day">The day.</param>
    /// <param name="slots">Today's slots, then tomorrow's: what the second half holds from yesterday becomes part of today.</param>
    public void Live(DateOnly day, double[] slots)
    {
        Array.Copy(slots, SlotsPerDay, slots, 0, SlotsPerDay);
        Array.Clear(slots, SlotsPerDay, SlotsPerDay);
        var random = new SeededRandom(SeededRandom.Mix(seed, (ulong)day.DayNumber));
        bool weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        double winter = climate.Winter(day.DayOfYear);
        foreach ((Appliance appliance, double use) in owned)
        {
            if (appliance.Runs.Count == 0)
            {
                RunAllDay(appliance.Kilowatts, ref random, slots);
                continue;
            }

            double today = use * appliance.Use * (weekend ? appliance.Weekend : 1) * Math.Max(0, 1 + (appliance.Winter * winter));
            foreach (Appliance.Run run in appliance.Runs)
            {
                Live(appliance, run, today, weekend, ref random, slots);
            }
        }
    }

    private static bool? Said(LoadSource.Household home, Appliance appliance) => appliance.Name switch
    {
        "Electric Vehicle" => home.ElectricVehicle,
        "Air Conditioner" => home.AirConditioner,
        "Pool Pump" => home.PoolPump,
        _ => null,
    };

    private static void RunAllDay(double kilowatts, ref SeededRandom random, double[] slots)
    {
        double phase = random.NextShare();
        for (int slot = 0; slot < SlotsPerDay; slot++)
        {
            // A compressor's cycle of about 45 minutes.
            slots[slot] += kilowatts / SlotsPerHour * (1 + (FridgeSwing * Math.Sin(2 * Math.PI * (phase + (slot / 9.0)))));
        }
    }

    private void Live(Appliance appliance, Appliance.Run run, double use, bool weekend, ref SeededRandom random, double[] slots)
    {
        bool happens = random.NextShare() < run.Likely;
        double hours = appliance.WorkingHours * run.Share * use * (0.7 + (0.6 * random.NextShare())) / run.Likely;
        double start = run.Hour + lateness + (weekend ? 0.5 : 0) + (run.Spread * random.NextNormal());
        if (!happens || hours <= 0)
        {
            return;
        }

        hours = Math.Min(hours, appliance.To - appliance.From);
        start = Math.Clamp(start, appliance.From, appliance.To - hours);
        double from = start * SlotsPerHour;
        double to = from + (hours * SlotsPerHour);
        for (int slot = (int)from; slot < to && slot < slots.Length; slot++)
        {
            double part = Math.Min(slot + 1, to) - Math.Max(slot, from);
            slots[slot] += appliance.Kilowatts * part / SlotsPerHour;
        }
    }
}
