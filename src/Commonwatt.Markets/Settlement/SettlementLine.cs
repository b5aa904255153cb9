namespace Commonwatt.Markets.Settlement;

/// <summary>What a settlement line is for.</summary>
public enum SettlementLineKind : byte
{
    /// <summary>Energy bought from another member in the market: buyer to seller.</summary>
    Trade,

    /// <summary>The fee for using the local grid for a trade: buyer to DSO.</summary>
    LocalGridFee,

    /// <summary>Deviations of opposite sign that met inside the community: who took more than contracted to who took less.</summary>
    PooledImbalance,

    /// <summary>Energy taken beyond the contract and bought from the utility at the retail tariff: member to utility.</summary>
    UtilityImport,

    /// <summary>Energy left over and sold to the utility at the feed-in tariff: utility to member.</summary>
    UtilityExport,

    /// <summary>The penalty of a seller who delivered less than sold: member to community fund.</summary>
    ShortfallPenalty,
}

/// <summary>One payment of a period's settlement: double entry, so that all lines together add up to zero.</summary>
/// <param name="From">Who pays. Where a price is negative the payment runs the other way, and so do the parties here.</param>
/// <param name="To">Who is paid.</param>
/// <param name="Kind">What for.</param>
/// <param name="Quantity">The energy it is for, in Wh.</param>
/// <param name="Price">The price per kWh.</param>
/// <param name="Amount">What is paid; zero or more.</param>
/// <param name="Estimated">Whether a stand-in for a missing reading of either party went into this line.</param>
/// <param name="Correction">Whether the line books the difference that a late reading made.</param>
public readonly record struct SettlementLine(
    Party From,
    Party To,
    SettlementLineKind Kind,
    Energy Quantity,
    Price Price,
    Money Amount,
    bool Estimated,
    bool Correction = false);
