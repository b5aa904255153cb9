using Commonwatt.Markets;

namespace Commonwatt.Node.Projections;

/// <summary>Says which of a member's orders his trades filled: the ledger names the members of a trade, not their orders.</summary>
/// <remarks>A member's orders are filled from the best price on, earlier before later, each only by trades that its limit allows; what a member traded in all is exact.</remarks>
internal static class OrderFills
{
    /// <summary>Notes on each order how much of it was traded.</summary>
    public static void Fill(BookPeriod period, IReadOnlyList<MemberTrade> trades)
    {
        ILookup<(long Member, Side Side), BookOrder> orders = period.Orders
            .OrderBy(entry => entry.Value.Side == Side.Buy ? -entry.Value.LimitPrice.MicrosPerKilowattHour : entry.Value.LimitPrice.MicrosPerKilowattHour)
            .ThenBy(entry => entry.Value.Sequence)
            .ToLookup(entry => (entry.Key.Member, entry.Value.Side), entry => entry.Value);
        foreach (MemberTrade trade in trades)
        {
            Fill(orders[(trade.Buyer.Value, Side.Buy)], trade, order => order.LimitPrice >= trade.Price);
            Fill(orders[(trade.Seller.Value, Side.Sell)], trade, order => order.LimitPrice <= trade.Price);
        }
    }

    /// <summary>What became of an order once the gate has closed.</summary>
    public static string StateOf(BookOrder order) => order.Filled.IsZero ? "not-filled" : order.Filled < order.Quantity ? "partly-filled" : "filled";

    private static void Fill(IEnumerable<BookOrder> orders, MemberTrade trade, Func<BookOrder, bool> allows)
    {
        Energy left = trade.Quantity;
        foreach (BookOrder order in orders.Where(allows))
        {
            Energy part = Energy.Min(left, order.Quantity - order.Filled);
            order.Filled += part;
            left -= part;
        }
    }
}
