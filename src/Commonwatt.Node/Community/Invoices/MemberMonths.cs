using NodaTime;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>
/// A member's months. Each begins in the time zone that held for it, and ends where the next begins: after a move to another time zone one month is some hours
/// longer or shorter, and no delivery is billed twice or never.
/// </summary>
/// <param name="zoneOf">The time zone of each month.</param>
internal sealed class MemberMonths(Func<BillingMonth, DateTimeZone> zoneOf)
{
    /// <summary>The time zone that a month begins in.</summary>
    public DateTimeZone ZoneOf(BillingMonth month) => zoneOf(month);

    /// <summary>The first moment of a month.</summary>
    public Instant StartOf(BillingMonth month) => month.StartIn(zoneOf(month));

    /// <summary>The month that a moment lies in.</summary>
    public BillingMonth At(Instant moment)
    {
        // Nowhere is it more than a month off.
        BillingMonth month = BillingMonth.At(moment, DateTimeZone.Utc).Next;
        while (StartOf(month) > moment)
        {
            month = month.Previous;
        }

        return month;
    }

    /// <summary>The time zone of the month that a moment lies in.</summary>
    public DateTimeZone ZoneAt(Instant moment) => zoneOf(At(moment));
}
