using System.Globalization;

namespace Commonwatt;

/// <summary>A point in time, in whole milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="UnixMilliseconds">Milliseconds since the Unix epoch, UTC, without leap seconds.</param>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    /// <summary>The point in time <paramref name="duration"/> later, which is truncated to whole milliseconds.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration) =>
        new(instant.UnixMilliseconds + (duration.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>The point in time <paramref name="duration"/> earlier, which is truncated to whole milliseconds.</summary>
    public static Instant operator -(Instant instant, TimeSpan duration) =>
        new(instant.UnixMilliseconds - (duration.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>The time from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(Instant left, Instant right) =>
        new((left.UnixMilliseconds - right.UnixMilliseconds) * TimeSpan.TicksPerMillisecond);

    /// <summary>Whether <paramref name="left"/> is earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Whether <paramref name="left"/> is later.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Whether <paramref name="left"/> is not later.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Whether <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;

    /// <summary>The later of the two.</summary>
    public static Instant Max(Instant left, Instant right) => left > right ? left : right;

    /// <summary>The same point in time as the framework's type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year lies outside 1 to 9999.</exception>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <summary>The same point in time, truncated to whole milliseconds.</summary>
    public static Instant From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>ISO 8601 in UTC: <c>2024-06-01T13:00:00Z</c>, with milliseconds only where there are some.</summary>
    /// <remarks>Beyond the years 1 to 9999, which the calendar does not reach, the number of milliseconds.</remarks>
    public override string ToString()
    {
        if (UnixMilliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || UnixMilliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return $"{UnixMilliseconds} ms after 1970-01-01T00:00:00Z";
        }

        string format = UnixMilliseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        return ToDateTimeOffset().ToString(format, CultureInfo.InvariantCulture);
    }
}
