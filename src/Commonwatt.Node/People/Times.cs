namespace Commonwatt.Node.People;

/// <summary>Times as the database has them: milliseconds since 1970.</summary>
internal static class Times
{
    /// <summary>The clock's time.</summary>
    public static long Now(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The time after a span.</summary>
    public static long In(this TimeProvider clock, TimeSpan span) => (clock.GetUtcNow() + span).ToUnixTimeMilliseconds();

    /// <summary>A time as the API writes it.</summary>
    public static DateTime Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    /// <summary>A time as the API writes it, or null.</summary>
    public static DateTime? Of(long? milliseconds) => milliseconds is { } known ? Of(known) : null;
}
