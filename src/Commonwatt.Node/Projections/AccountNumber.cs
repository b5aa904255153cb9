using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Projections;

/// <summary>The numbers that accounts have in the tables: a member's account has his number, those of the community are below zero.</summary>
internal static class AccountNumber
{
    /// <summary>The utility.</summary>
    public const long Utility = -1;

    /// <summary>The operator of the distribution grid.</summary>
    public const long Dso = -2;

    /// <summary>The community's fund.</summary>
    public const long CommunityFund = -3;

    /// <summary>What members stake.</summary>
    public const long Stakes = -4;

    /// <summary>The world outside.</summary>
    public const long Outside = -5;

    /// <summary>The accounts of the community with their addresses.</summary>
    public static IReadOnlyList<(long Number, Address Address)> OfCommunity { get; } =
    [
        (Utility, CommunityAccounts.Utility),
        (Dso, CommunityAccounts.Dso),
        (CommunityFund, CommunityAccounts.CommunityFund),
        (Stakes, CommunityAccounts.Stakes),
        (Outside, CommunityAccounts.Outside),
    ];
}
