namespace Commonwatt;

/// <summary>One price for a stretch of the local day.</summary>
public readonly record struct TariffBand
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary>A band from one minute of the local day up to another.</summary>
    /// <param name="fromMinute">The first minute, 0 to 1439.</param>
    /// <param name="toMinute">The minute after the last, 0 to 1440; not after <paramref name="fromMinute"/> means on the next day (22:00 to 06:00).</param>
    /// <param name="price">The price in the band.</param>
    /// <exception cref="ArgumentOutOfRangeException">A minute is outside its range.</exception>
    public TariffBand(int fromMinute, int toMinute, Price price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromMinute);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fromMinute, MinutesPerDay);
        ArgumentOutOfRangeException.ThrowIfNegative(toMinute);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toMinute, MinutesPerDay);
        FromMinute = fromMinute;
        ToMinute = toMinute;
        Price = price;
    }

    /// <summary>The first minute of the band, 0 to 1439.</summary>
    public int FromMinute { get; }

    /// <summary>The minute after the last, 0 to 1440.</summary>
    public int ToMinute { get; }

    /// <summary>The price in the band.</summary>
    public Price Price { get; }

    /// <summary>How many minutes of the day the band covers, 1 to 1440.</summary>
    public int Length => ToMinute > FromMinute ? ToMinute - FromMinute : ToMinute - FromMinute + MinutesPerDay;

    /// <summary>Whether the band covers a minute of the local day.</summary>
    public bool Covers(int minuteOfDay) => (minuteOfDay - FromMinute + MinutesPerDay) % MinutesPerDay < Length;
}
