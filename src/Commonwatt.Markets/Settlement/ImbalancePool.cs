namespace Commonwatt.Markets.Settlement;

/// <summary>Lets deviations of opposite sign meet inside the community before the utility is asked.</summary>
internal static class ImbalancePool
{
    private const int OnStack = 256;

    /// <summary>Adds the lines of what meets, and takes it from the balances.</summary>
    /// <remarks>
    /// The side with the smaller sum is served whole; the other shares that sum in proportion to its deviations. Who meets whom is settled in
    /// the order of member ids, so that each pair has one amount.
    /// </remarks>
    public static void Meet(MemberBalance[] balances, Price price, List<SettlementLine> lines)
    {
        int count = balances.Length;
        Span<long> taken = count <= OnStack ? stackalloc long[count] : new long[count];
        Span<long> left = count <= OnStack ? stackalloc long[count] : new long[count];
        long allTaken = 0;
        long allLeft = 0;
        for (int index = 0; index < count; index++)
        {
            taken[index] = long.Max(balances[index].Open, 0);
            left[index] = long.Max(-balances[index].Open, 0);
            allTaken += taken[index];
            allLeft += left[index];
        }

        if (allTaken == 0 || allLeft == 0)
        {
            return;
        }

        Span<long> larger = allTaken > allLeft ? taken : left;
        Span<long> shares = count <= OnStack ? stackalloc long[count] : new long[count];
        LargestRemainder.Divide(long.Min(allTaken, allLeft), larger, shares);
        shares.CopyTo(larger);
        Pair(balances, taken, left, price, lines);
    }

    private static void Pair(MemberBalance[] balances, Span<long> taken, Span<long> left, Price price, List<SettlementLine> lines)
    {
        int giver = 0;
        for (int taker = 0; taker < balances.Length; taker++)
        {
            while (taken[taker] > 0)
            {
                while (left[giver] == 0)
                {
                    giver++;
                }

                long quantity = long.Min(taken[taker], left[giver]);
                taken[taker] -= quantity;
                left[giver] -= quantity;
                balances[taker].Open -= quantity;
                balances[giver].Open += quantity;
                lines.Add(Payment.Line(
                    Party.Member(balances[taker].Member),
                    Party.Member(balances[giver].Member),
                    SettlementLineKind.PooledImbalance,
                    new Energy(quantity),
                    price,
                    balances[taker].Estimated || balances[giver].Estimated));
            }
        }
    }
}
