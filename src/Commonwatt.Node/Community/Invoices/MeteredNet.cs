namespace Commonwatt.Node.Community.Invoices;

/// <summary>What a member's meter counted in one period, with the utility's prices of that period.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Net">Import less export.</param>
/// <param name="Retail">What the utility charges.</param>
/// <param name="FeedIn">What the utility pays.</param>
internal readonly record struct MeteredNet(Instant Delivery, Energy Net, Price Retail, Price FeedIn)
{
    /// <summary>What this would be to the member's balance without the community: export at the feed-in tariff, import at the retail tariff; paid is negative.</summary>
    public Money WithoutCommunity => Net.IsNegative ? (-Net).At(FeedIn) : -Net.At(Retail);
}

/// <summary>A late reading, which took the place of what a period had settled with.</summary>
/// <param name="Before">What stood before.</param>
/// <param name="Now">What stands now, in the same period.</param>
/// <param name="Place">Where it was booked.</param>
internal readonly record struct LateNet(MeteredNet Before, MeteredNet Now, LinePlace Place);
