namespace Commonwatt.Node.Demo;

/// <summary>When and how much a home charges its car.</summary>
/// <param name="Power">What the car charges with.</param>
/// <param name="FromMinute">The earliest minute of the local day at which it begins.</param>
/// <param name="StartSpread">How many minutes later than that it may be.</param>
/// <param name="DaysAWeek">On how many days a week it charges, on the mean.</param>
/// <param name="LeastTrip">What a day's trips take at the least, in Wh.</param>
/// <param name="TripSpread">How much more that may be, in Wh.</param>
internal sealed record CarHabit(Power Power, int FromMinute, int StartSpread, double DaysAWeek, double LeastTrip, double TripSpread)
{
    /// <summary>At night, when the tariff is low, with what the charger has.</summary>
    public static CarHabit ByNight { get; } = new(new Power(3_680), FromMinute: 15, StartSpread: 150, DaysAWeek: 5, LeastTrip: 3_000, TripSpread: 9_000);

    /// <summary>Around noon, slowly, by people who work at home and like their neighbours' sun.</summary>
    public static CarHabit ByDay { get; } = new(new Power(1_840), FromMinute: (10 * 60) + 30, StartSpread: 30, DaysAWeek: 6.5, LeastTrip: 5_500, TripSpread: 2_000);
}
