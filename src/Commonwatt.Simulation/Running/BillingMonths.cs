using Commonwatt.Simulation.Scenarios;
using NodaTime;

namespace Commonwatt.Simulation.Running;

/// <summary>Where months begin in the community's time zone: members' invoices end there.</summary>
internal static class BillingMonths
{
    /// <summary>The first moments of the months that begin after the first period of a grid and not after its end.</summary>
    public static IEnumerable<Instant> StartsWithin(PeriodGrid grid) => StartsWithin(grid, grid.End);

    /// <summary>The first moments of the months that begin after the first period of a grid and not after a moment.</summary>
    public static IEnumerable<Instant> StartsWithin(PeriodGrid grid, Instant until)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[grid.TimeZone];
        LocalDate month = LocalDate.FromDateOnly(grid.LocalDayOf(0)).With(DateAdjusters.StartOfMonth).PlusMonths(1);
        for (Instant start = FirstMoment(month, zone); start <= until; start = FirstMoment(month, zone))
        {
            yield return start;
            month = month.PlusMonths(1);
        }
    }

    private static Instant FirstMoment(LocalDate day, DateTimeZone zone) => new(zone.AtStartOfDay(day).ToInstant().ToUnixTimeMilliseconds());
}
