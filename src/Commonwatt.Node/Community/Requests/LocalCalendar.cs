using Commonwatt.Node.Community.Invoices;
using NodaTime;

namespace Commonwatt.Node.Community.Requests;

/// <summary>How energy and prices are summed up.</summary>
internal enum Resolution
{
    /// <summary>Each delivery period.</summary>
    Period,

    /// <summary>Hours of the community's clock.</summary>
    Hour,

    /// <summary>Days of the community's calendar: of 23, 24 or 25 hours.</summary>
    Day,

    /// <summary>Months of the community's calendar.</summary>
    Month,
}

/// <summary>Hours, days and months in a time zone.</summary>
/// <param name="zone">The time zone.</param>
internal sealed class LocalCalendar(DateTimeZone zone)
{
    /// <summary>The time zone.</summary>
    public DateTimeZone Zone => zone;

    /// <summary>The day that a moment lies in.</summary>
    public TimeRange DayOf(Instant moment)
    {
        LocalDate date = DateOf(moment);
        return new TimeRange(StartOf(date), StartOf(date.PlusDays(1)));
    }

    /// <summary>The month that a moment lies in.</summary>
    public TimeRange MonthOf(Instant moment)
    {
        BillingMonth month = BillingMonth.At(moment, zone);
        return new TimeRange(month.StartIn(zone), month.Next.StartIn(zone));
    }

    /// <summary>The hour, day or month that a moment lies in.</summary>
    /// <param name="moment">The moment, the start of a period.</param>
    /// <param name="resolution">The unit.</param>
    /// <param name="period">How long a period lasts.</param>
    public TimeRange BucketOf(Instant moment, Resolution resolution, TimeSpan period) => resolution switch
    {
        Resolution.Hour => HourOf(moment),
        Resolution.Day => DayOf(moment),
        Resolution.Month => MonthOf(moment),
        _ => new TimeRange(moment, moment + period),
    };

    /// <summary>The date of a moment.</summary>
    public LocalDate DateOf(Instant moment) => Noda(moment).InZone(zone).Date;

    /// <summary>The first moment of a date.</summary>
    public Instant StartOf(LocalDate date) => new(zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds());

    // Where the clock is set back in the middle of an hour's name, the two hours of that name stay apart.
    private TimeRange HourOf(Instant moment)
    {
        const long hour = 3_600_000;
        long local = moment.UnixMilliseconds + zone.GetUtcOffset(Noda(moment)).Milliseconds;
        Instant start = new(moment.UnixMilliseconds - (((local % hour) + hour) % hour));
        return new TimeRange(start, start + TimeSpan.FromHours(1));
    }

    private static NodaTime.Instant Noda(Instant moment) => NodaTime.Instant.FromUnixTimeMilliseconds(moment.UnixMilliseconds);
}
