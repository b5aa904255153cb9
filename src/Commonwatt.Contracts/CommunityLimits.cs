namespace Commonwatt.Contracts;

/// <summary>How far a community may go, so that what is added up fits and nothing waits for ever.</summary>
public static class CommunityLimits
{
    /// <summary>The highest price of a kWh, tariff or limit: 100,000 of the currency.</summary>
    public static Price HighestPrice { get; } = new(100_000_000_000);

    /// <summary>The most a connection or an asset carries: 1 GW. What it carries in an hour fits the 32 bits that metering keeps of a period.</summary>
    public static Power HighestPower { get; } = new(1_000_000_000);

    /// <summary>The longest that a listing may open before delivery.</summary>
    public static TimeSpan LongestLead { get; } = TimeSpan.FromDays(7);

    /// <summary>The longest that readings may be waited for after delivery.</summary>
    public static TimeSpan LongestDeadline { get; } = TimeSpan.FromDays(30);

    /// <summary>The longest that a late reading may make a correction after delivery.</summary>
    public static TimeSpan LongestCorrectionWindow { get; } = TimeSpan.FromDays(400);

    /// <summary>The longest that a mandate may last from now.</summary>
    public static TimeSpan LongestMandate { get; } = TimeSpan.FromDays(400);
}
