using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Projections;

/// <summary>What parties and kinds of settlement lines are called in tables and answers.</summary>
internal static class LineNames
{
    /// <summary>The name of a kind of party.</summary>
    public static string Of(PartyKind kind) => kind switch
    {
        PartyKind.Member => "member",
        PartyKind.Utility => "utility",
        PartyKind.Dso => "dso",
        _ => "fund",
    };

    /// <summary>The name of a kind of line.</summary>
    /// <exception cref="InvalidDataException">This build does not know it.</exception>
    public static string Of(SettlementLineKind kind) => kind switch
    {
        SettlementLineKind.Trade => "trade",
        SettlementLineKind.LocalGridFee => "grid-fee",
        SettlementLineKind.PooledImbalance => "imbalance",
        SettlementLineKind.UtilityImport => "utility-import",
        SettlementLineKind.UtilityExport => "utility-export",
        SettlementLineKind.ShortfallPenalty => "penalty",
        _ => throw new InvalidDataException($"{kind} is no kind of settlement line that this build knows."),
    };
}
