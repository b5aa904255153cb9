namespace Commonwatt.Simulation.Series;

/// <summary>What reading a timestamp came to.</summary>
public enum TimestampReading
{
    /// <summary>It was read.</summary>
    Good,

    /// <summary>It has neither Z nor an offset, so that nobody can tell which moment it is.</summary>
    WithoutOffset,

    /// <summary>It is not ISO 8601, or no day of the calendar.</summary>
    NotOne,
}

/// <summary>Reads ISO 8601 timestamps with Z or an offset (RFC 3339), years 1900 to 2199. Written for speed: files have millions.</summary>
public static class TimestampText
{
    /// <summary>Reads <c>2024-06-01T13:00:00Z</c>, <c>2024-06-01 13:00+02:00</c> and the like.</summary>
    /// <param name="text">The text as ASCII.</param>
    /// <param name="unixMilliseconds">The moment, or zero.</param>
    public static TimestampReading Read(ReadOnlySpan<byte> text, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        if (text.Length < 10 || !Digits(text, 0, 4, out int year) || text[4] != '-' || !Digits(text, 5, 2, out int month) || text[7] != '-' || !Digits(text, 8, 2, out int day))
        {
            return TimestampReading.NotOne;
        }

        if (year is < 1900 or > 2199 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return TimestampReading.NotOne;
        }

        if (text.Length == 10)
        {
            return TimestampReading.WithoutOffset;
        }

        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || !Digits(text, 11, 2, out int hour) || text[13] != ':' || !Digits(text, 14, 2, out int minute))
        {
            return TimestampReading.NotOne;
        }

        ReadOnlySpan<byte> rest = text[16..];
        if (hour > 23 || minute > 59 || !TakeSeconds(ref rest, out int milliseconds))
        {
            return TimestampReading.NotOne;
        }

        if (rest.IsEmpty)
        {
            return TimestampReading.WithoutOffset;
        }

        if (!TryOffset(rest, out int offsetMinutes))
        {
            return TimestampReading.NotOne;
        }

        long days = DaysSince1970(year, month, day);
        unixMilliseconds = (((((days * 24) + hour) * 60) + minute - offsetMinutes) * 60_000) + milliseconds;
        return TimestampReading.Good;
    }

    // Days from the civil calendar, after Fliegel and Van Flandern (1968).
    private static long DaysSince1970(int year, int month, int day)
    {
        int shifted = (month - 14) / 12;
        return day - 32075 + (1461 * (year + 4800 + shifted) / 4) + (367 * (month - 2 - (shifted * 12)) / 12) - (3 * ((year + 4900 + shifted) / 100) / 4) - 2440588;
    }

    private static bool TakeSeconds(ref ReadOnlySpan<byte> rest, out int milliseconds)
    {
        milliseconds = 0;
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        if (!Digits(rest, 1, 2, out int seconds) || seconds > 59)
        {
            return false;
        }

        milliseconds = seconds * 1000;
        rest = rest[3..];
        if (rest.IsEmpty || rest[0] != '.')
        {
            return true;
        }

        int end = 1;
        for (int place = 100; end < rest.Length && char.IsAsciiDigit((char)rest[end]); end++, place /= 10)
        {
            milliseconds += (rest[end] - '0') * place;
        }

        rest = rest[end..];
        return end > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || !Digits(text, 1, 2, out int hours) || hours > 18)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[3..];
        if (!rest.IsEmpty && rest[0] == ':')
        {
            rest = rest[1..];
        }

        if (!rest.IsEmpty && (rest.Length != 2 || !Digits(rest, 0, 2, out minutes) || minutes > 59))
        {
            return false;
        }

        minutes += hours * 60;
        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        if (text.Length < start + count)
        {
            return false;
        }

        foreach (byte digit in text.Slice(start, count))
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
