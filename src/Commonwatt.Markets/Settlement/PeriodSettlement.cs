namespace Commonwatt.Markets.Settlement;

/// <summary>Settles one delivery period: trades, grid fees, deviations and penalties.</summary>
/// <remarks>
/// <para>
/// With c what a member contracted (bought positive, sold negative) and m what his meter counted (import minus export), his deviation is
/// d = m - c. Trades are paid at their amounts, and the buyer of each pays the DSO the local grid fee. Deviations go by the
/// <see cref="ImbalanceRule"/>. A seller whose deviation shows that he delivered less than he sold pays a penalty for what is missing
/// (source 002, chapter 7, section 5).
/// </para>
/// <para>
/// Every line is double entry, so all lines add up to zero. A line whose price is negative runs the other way. A line of 0 Wh, or a fee or penalty
/// at a price of zero, is left out.
/// </para>
/// </remarks>
public static class PeriodSettlement
{
    /// <summary>The settlement lines of one period, in an order that does not depend on how the input is stored.</summary>
    /// <param name="trades">What members bought from each other in this period, in any order.</param>
    /// <param name="metered">What each member's meter counted, one entry a member, in any order; every member of a trade has one.</param>
    /// <param name="terms">The prices and rules of the period.</param>
    /// <returns>Trades and their fees by buyer and seller; then pooled deviations, those of the utility and penalties, each by member.</returns>
    /// <exception cref="ArgumentException">
    /// A member has two entries, or trades and none; a trade's quantity is not positive or its amount negative; or a fee or penalty is negative.
    /// </exception>
    /// <exception cref="OverflowException">An amount or a sum does not fit a <see langword="long"/>.</exception>
    public static IReadOnlyList<SettlementLine> Settle(ReadOnlySpan<MemberTrade> trades, ReadOnlySpan<MeteredEnergy> metered, SettlementTerms terms)
    {
        List<SettlementLine> lines = new((2 * trades.Length) + (2 * metered.Length));
        Settle(trades, metered, terms, lines);
        return lines;
    }

    /// <summary>The same, added to <paramref name="lines"/>, for callers who settle many periods and keep one list.</summary>
    /// <inheritdoc cref="Settle(ReadOnlySpan{MemberTrade}, ReadOnlySpan{MeteredEnergy}, SettlementTerms)"/>
    /// <param name="trades">What members bought from each other in this period, in any order.</param>
    /// <param name="metered">What each member's meter counted, one entry a member, in any order; every member of a trade has one.</param>
    /// <param name="terms">The prices and rules of the period.</param>
    /// <param name="lines">Receives the lines; what is in it stays.</param>
    public static void Settle(
        ReadOnlySpan<MemberTrade> trades,
        ReadOnlySpan<MeteredEnergy> metered,
        SettlementTerms terms,
        List<SettlementLine> lines)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(lines);
        RefuseNegative(terms.LocalGridFee, nameof(terms.LocalGridFee));
        RefuseNegative(terms.ShortfallPenalty, nameof(terms.ShortfallPenalty));

        MemberBalance[] balances = MemberBalance.Of(trades, metered);
        AddTrades(SortedTrades.Of(trades), terms.LocalGridFee, lines);
        if (terms.Imbalance == ImbalanceRule.Pooled)
        {
            ImbalancePool.Meet(balances, Price.Midpoint(terms.Retail, terms.FeedIn), lines);
        }

        AddUtility(balances, terms, lines);
        AddPenalties(balances, terms.ShortfallPenalty, lines);
    }

    private static void AddTrades(ReadOnlySpan<MemberTrade> trades, Price localGridFee, List<SettlementLine> lines)
    {
        foreach (ref readonly MemberTrade trade in trades)
        {
            Party buyer = Party.Member(trade.Buyer);
            Party seller = Party.Member(trade.Seller);
            lines.Add(new SettlementLine(buyer, seller, SettlementLineKind.Trade, trade.Quantity, trade.Price, trade.Amount, Estimated: false));
            if (!localGridFee.IsZero)
            {
                lines.Add(Payment.Line(buyer, Party.Dso, SettlementLineKind.LocalGridFee, trade.Quantity, localGridFee, estimated: false));
            }
        }
    }

    private static void AddUtility(ReadOnlySpan<MemberBalance> balances, SettlementTerms terms, List<SettlementLine> lines)
    {
        foreach (ref readonly MemberBalance balance in balances)
        {
            Party member = Party.Member(balance.Member);
            if (balance.Open > 0)
            {
                lines.Add(Payment.Line(member, Party.Utility, SettlementLineKind.UtilityImport, new Energy(balance.Open), terms.Retail, balance.Estimated));
            }
            else if (balance.Open < 0)
            {
                lines.Add(Payment.Line(Party.Utility, member, SettlementLineKind.UtilityExport, new Energy(-balance.Open), terms.FeedIn, balance.Estimated));
            }
        }
    }

    private static void AddPenalties(ReadOnlySpan<MemberBalance> balances, Price rate, List<SettlementLine> lines)
    {
        if (rate.IsZero)
        {
            return;
        }

        foreach (ref readonly MemberBalance balance in balances)
        {
            if (balance.Shortfall > 0)
            {
                Party member = Party.Member(balance.Member);
                Energy shortfall = new(balance.Shortfall);
                lines.Add(Payment.Line(member, Party.CommunityFund, SettlementLineKind.ShortfallPenalty, shortfall, rate, balance.Estimated));
            }
        }
    }

    private static void RefuseNegative(Price price, string name)
    {
        if (price.IsNegative)
        {
            throw new ArgumentException($"{name} is {price.MicrosPerKilowattHour} micro-currency per kWh: it must be zero or more.");
        }
    }
}
