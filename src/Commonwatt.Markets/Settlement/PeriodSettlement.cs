namespace Commonwatt.Markets.Settlement;

/// <summary>Settles one delivery period: trades, grid fees, deviations and penalties.</summary>
public static class PeriodSettlement
{
    /// <summary>The settlement lines of one period, in a fixed order that does not depend on how the input is stored.</summary>
    /// <param name="trades">What members bought from each other in this period, in any order.</param>
    /// <param name="metered">What each member's meter counted, one entry a member, in any order; every member of a trade has one.</param>
    /// <param name="terms">The prices and rules of the period.</param>
    /// <exception cref="ArgumentException">A member has two entries, or trades and none; or a fee or penalty is negative.</exception>
    /// <exception cref="OverflowException">An amount does not fit a <see langword="long"/>.</exception>
    public static IReadOnlyList<SettlementLine> Settle(ReadOnlySpan<MemberTrade> trades, ReadOnlySpan<MeteredEnergy> metered, SettlementTerms terms) =>
        throw new NotSupportedException("Not built yet.");
}
