using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <summary>Adds up what each party pays and gets over many settlement lines.</summary>
/// <remarks>Members have the numbers from 1 on without gaps, so that a list holds their sums.</remarks>
internal sealed class PeriodAccount(int members)
{
    private readonly Money[] ofMembers = new Money[members + 1];

    public Money Utility { get; private set; }

    public Money Dso { get; private set; }

    public Money CommunityFund { get; private set; }

    public Money BalanceOf(MemberId member) => ofMembers[member.Value];

    public void Add(in SettlementLine line)
    {
        Add(line.From, -line.Amount);
        Add(line.To, line.Amount);
    }

    private void Add(Party party, Money amount)
    {
        switch (party.Kind)
        {
            case PartyKind.Member:
                ofMembers[party.MemberId.Value] += amount;
                break;
            case PartyKind.Utility:
                Utility += amount;
                break;
            case PartyKind.Dso:
                Dso += amount;
                break;
            default:
                CommunityFund += amount;
                break;
        }
    }
}
