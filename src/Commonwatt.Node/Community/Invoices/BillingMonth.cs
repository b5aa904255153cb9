using System.Globalization;
using NodaTime;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>A month that is billed; where it begins and ends is a matter of the time zone.</summary>
/// <param name="Year">The year, 1 to 9998.</param>
/// <param name="Month">The month, 1 to 12.</param>
internal readonly record struct BillingMonth(int Year, int Month) : IComparable<BillingMonth>
{
    /// <summary>The month after.</summary>
    public BillingMonth Next => Of(First.PlusMonths(1));

    /// <summary>The month before.</summary>
    public BillingMonth Previous => Of(First.PlusMonths(-1));

    /// <summary>Its number among all months, by which they are sorted in tables.</summary>
    public int Number => (Year * 12) + Month - 1;

    private LocalDate First => new(Year, Month, 1);

    /// <summary>The month that a moment lies in.</summary>
    public static BillingMonth At(Instant moment, DateTimeZone zone) =>
        Of(NodaTime.Instant.FromUnixTimeMilliseconds(moment.UnixMilliseconds).InZone(zone).Date);

    /// <summary>The first month that has not begun anywhere on earth.</summary>
    public static BillingMonth NotBegun(Instant now) => At(now, DateTimeZone.ForOffset(Offset.FromHours(14))).Next;

    /// <summary>Reads a month such as <c>2026-11</c>.</summary>
    public static bool TryParse(string? text, out BillingMonth month)
    {
        month = default;
        if (text is not { Length: 7 } || text[4] != '-'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || year is < 1970 or > 9998 || number is < 1 or > 12)
        {
            return false;
        }

        month = new BillingMonth(year, number);
        return true;
    }

    /// <summary>The first moment of the month in a time zone; where clocks skip midnight, the first there is.</summary>
    public Instant StartIn(DateTimeZone zone) => new(zone.AtStartOfDay(First).ToInstant().ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public int CompareTo(BillingMonth other) => (Year, Month).CompareTo((other.Year, other.Month));

    /// <summary>The month as <c>2026-11</c>.</summary>
    public override string ToString() => $"{Year:0000}-{Month:00}";

    private static BillingMonth Of(LocalDate date) => new(date.Year, date.Month);
}
