using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>The names that kinds of line and parties have in the tables and in answers.</summary>
internal static class LineName
{
    /// <summary>The names of the kinds of line.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["trade", "grid-fee", "imbalance", "utility-import", "utility-export", "penalty"];

    /// <summary>A kind's name.</summary>
    public static string Of(SettlementLineKind kind) => Kinds[(int)kind];

    /// <summary>The kind with a name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static SettlementLineKind KindOf(string name)
    {
        for (int kind = 0; kind < Kinds.Count; kind++)
        {
            if (string.Equals(Kinds[kind], name, StringComparison.Ordinal))
            {
                return (SettlementLineKind)kind;
            }
        }

        throw new InvalidDataException($"The tables hold a line of kind '{name}', which this build does not know.");
    }

    /// <summary>A party: <c>member 3</c>, <c>utility</c>, <c>dso</c>, <c>fund</c>.</summary>
    public static string Of(Party party) => party.Kind switch
    {
        PartyKind.Member => $"member {party.MemberId.Value}",
        PartyKind.Utility => "utility",
        PartyKind.Dso => "dso",
        _ => "fund",
    };

    /// <summary>The party that an account's number stands for.</summary>
    public static Party PartyOf(long account) => account switch
    {
        AccountNumber.Utility => Party.Utility,
        AccountNumber.Dso => Party.Dso,
        AccountNumber.CommunityFund => Party.CommunityFund,
        _ => Party.Member(new MemberId(account)),
    };
}
