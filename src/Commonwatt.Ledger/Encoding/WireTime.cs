namespace Commonwatt.Ledger.Encoding;

/// <summary>Times as messages carry them: milliseconds since 1970, up to the end of the year 9999.</summary>
/// <remarks>Beyond that year a time can be neither printed nor reckoned with, and would have to be feared everywhere.</remarks>
internal static class WireTime
{
    private const ulong Last = 253_402_300_799_999;

    /// <summary>The point in time that a message names.</summary>
    /// <exception cref="MalformedBytesException">It lies after the year 9999.</exception>
    public static Instant Read(ulong milliseconds, string what) => milliseconds <= Last
        ? new Instant((long)milliseconds)
        : throw new MalformedBytesException($"{what} is {milliseconds} ms after 1970: the last time allowed is the end of the year 9999, {Last} ms.");

    /// <summary>A point in time as messages carry it.</summary>
    /// <exception cref="MalformedBytesException">It lies before 1970 or after the year 9999.</exception>
    public static ulong Write(Instant time, string what) => time.UnixMilliseconds is >= 0 and <= (long)Last
        ? (ulong)time.UnixMilliseconds
        : throw new MalformedBytesException($"{what} is {time.UnixMilliseconds} ms after 1970: it must lie in the years 1970 to 9999.");
}
