using System.Globalization;
using System.Xml;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Fields that hold a time of some kind.</summary>
internal sealed partial class ObjectReader
{
    /// <summary>A duration in ISO 8601 such as <c>PT15M</c>, zero or more.</summary>
    public TimeSpan? Duration(string field, string right)
    {
        if (Text(field, right) is not { } text)
        {
            return null;
        }

        try
        {
            TimeSpan duration = XmlConvert.ToTimeSpan(text);
            if (duration >= TimeSpan.Zero)
            {
                return duration;
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            // Said below, in our words.
        }

        Refuse(field, $"'{text}' is not a duration; give {right}.");
        return null;
    }

    /// <summary>A local date such as <c>2024-06-01</c>, in the years 1971 to 2199: a ledger's time begins in 1970.</summary>
    public DateOnly? Date(string field, string right)
    {
        if (Text(field, right) is not { } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            Refuse(field, $"'{text}' is not a date; give {right}.");
            return null;
        }

        if (date.Year is >= 1971 and < 2200)
        {
            return date;
        }

        Refuse(field, $"'{text}' is outside the years 1971 to 2199; give {right}.");
        return null;
    }

    /// <summary>A time of the day such as <c>08:00</c> (or <c>24:00</c>) as its minute, 0 to 1440.</summary>
    public int? MinuteOfDay(string field, string right)
    {
        if (RequiredText(field, right) is not { } text)
        {
            return null;
        }

        if (text is "24:00")
        {
            return 24 * 60;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            return (time.Hour * 60) + time.Minute;
        }

        Refuse(field, $"'{text}' is not a time of the day; give {right}.");
        return null;
    }
}
