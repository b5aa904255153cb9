namespace Commonwatt.Markets;

/// <summary>What a member has agreed to take from the community in a period.</summary>
/// <param name="Member">The member.</param>
/// <param name="Net">Bought minus sold, in Wh: positive for a buyer, negative for a seller.</param>
public readonly record struct ContractedPosition(MemberId Member, Energy Net)
{
    /// <summary>The position of each member that appears in a trade, by member id.</summary>
    /// <param name="trades">The trades of one period, in any order.</param>
    /// <exception cref="OverflowException">A position does not fit a <see langword="long"/>.</exception>
    public static IReadOnlyList<ContractedPosition> Of(ReadOnlySpan<MemberTrade> trades)
    {
        SortedDictionary<MemberId, Energy> net = [];
        foreach (MemberTrade trade in trades)
        {
            net[trade.Buyer] = net.GetValueOrDefault(trade.Buyer) + trade.Quantity;
            net[trade.Seller] = net.GetValueOrDefault(trade.Seller) - trade.Quantity;
        }

        List<ContractedPosition> positions = new(net.Count);
        foreach ((MemberId member, Energy quantity) in net)
        {
            positions.Add(new ContractedPosition(member, quantity));
        }

        return positions;
    }
}
