namespace Commonwatt.Markets.Settlement;

/// <summary>Trades in the one order that lines are written in.</summary>
internal static class SortedTrades
{
    /// <summary>The trades by buyer, seller, price, quantity and amount; trades alike in all of these are the same line twice.</summary>
    public static ReadOnlySpan<MemberTrade> Of(ReadOnlySpan<MemberTrade> trades)
    {
        for (int index = 1; index < trades.Length; index++)
        {
            if (Compare(trades[index - 1], trades[index]) > 0)
            {
                MemberTrade[] sorted = trades.ToArray();
                Array.Sort(sorted, Compare);
                return sorted;
            }
        }

        return trades;
    }

    private static int Compare(MemberTrade one, MemberTrade other)
    {
        int result = one.Buyer.CompareTo(other.Buyer);
        result = result != 0 ? result : one.Seller.CompareTo(other.Seller);
        result = result != 0 ? result : one.Price.CompareTo(other.Price);
        result = result != 0 ? result : one.Quantity.CompareTo(other.Quantity);
        return result != 0 ? result : one.Amount.CompareTo(other.Amount);
    }
}
