namespace Commonwatt.Markets.Settlement;

/// <summary>Who stands in for what members take beyond, or leave of, their contracts.</summary>
public enum ImbalanceRule : byte
{
    /// <summary>Deviations of opposite sign first meet each other inside the community; only the rest goes to the utility.</summary>
    Pooled,

    /// <summary>Every member settles his deviation with the utility.</summary>
    Utility,
}

/// <summary>The prices and rules one period settles by.</summary>
/// <param name="Retail">What the utility charges for a kWh, its grid fee included.</param>
/// <param name="FeedIn">What the utility pays for a kWh; negative where members pay to be rid of it.</param>
/// <param name="LocalGridFee">What the DSO gets for each kWh traded inside the community; zero or more.</param>
/// <param name="Imbalance">The rule for deviations.</param>
/// <param name="ShortfallPenalty">What a seller pays the community fund for each kWh he sold and did not deliver; zero or more.</param>
public sealed record SettlementTerms(Price Retail, Price FeedIn, Price LocalGridFee, ImbalanceRule Imbalance, Price ShortfallPenalty);

/// <summary>What a member's meter counted in the period.</summary>
/// <param name="Member">The member.</param>
/// <param name="Net">Import minus export, in Wh: positive where the member took energy from the grid.</param>
/// <param name="Estimated">Whether a forecast or an earlier value stands in for a missing reading.</param>
public readonly record struct MeteredEnergy(MemberId Member, Energy Net, bool Estimated = false);
