namespace Commonwatt.Node.Founding;

/// <summary>What a community is founded with. Everything but name, time zone and currency can be changed by its manager later.</summary>
internal sealed record FoundingSettings
{
    /// <summary>The community's name, which the ledger bears.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Its time zone, by its IANA name.</summary>
    public string TimeZone { get; init; } = "Europe/Lisbon";

    /// <summary>Its currency's three letters.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Where its node listens.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:7100";

    /// <summary>The address that people open its pages under, or null for the node's own on this machine.</summary>
    public string? Origin { get; init; }

    /// <summary>The length of a delivery period: 15, 30 or 60 minutes.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What the utility asks for a kWh.</summary>
    public Price Retail { get; init; } = new(220_000);

    /// <summary>What the utility pays for a kWh.</summary>
    public Price FeedIn { get; init; } = new(50_000);

    /// <summary>What the grid operator gets for a kWh that is traded inside.</summary>
    public Price LocalGridFee { get; init; } = new(20_000);
}
