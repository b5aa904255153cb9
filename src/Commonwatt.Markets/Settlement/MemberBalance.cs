namespace Commonwatt.Markets.Settlement;

/// <summary>One member's contract and meter in one period.</summary>
internal struct MemberBalance
{
    private long contracted;
    private long metered;

    public MemberId Member { get; private set; }

    public bool Estimated { get; private set; }

    /// <summary>The part of the deviation, in Wh, that nobody has taken over yet: positive for energy taken beyond the contract.</summary>
    public long Open { get; set; }

    /// <summary>What a seller sold and did not deliver, in Wh; zero for others.</summary>
    public readonly long Shortfall => contracted < 0 ? long.Clamp(metered - contracted, 0, -contracted) : 0;

    /// <summary>The balance of each metered member, by member id.</summary>
    /// <exception cref="ArgumentException">A member is metered twice, or trades and is not metered, or a trade is invalid.</exception>
    public static MemberBalance[] Of(ReadOnlySpan<MemberTrade> trades, ReadOnlySpan<MeteredEnergy> metered)
    {
        MemberBalance[] balances = Sorted(metered);
        foreach (ref readonly MemberTrade trade in trades)
        {
            if (trade.Quantity.WattHours <= 0 || trade.Amount.IsNegative)
            {
                throw Invalid(trade);
            }

            balances[Find(balances, trade.Buyer)].contracted += trade.Quantity.WattHours;
            balances[Find(balances, trade.Seller)].contracted -= trade.Quantity.WattHours;
        }

        foreach (ref MemberBalance balance in balances.AsSpan())
        {
            balance.Open = balance.metered - balance.contracted;
        }

        return balances;
    }

    private static ArgumentException Invalid(in MemberTrade trade)
    {
        string which = $"A trade of member {trade.Buyer.Value} with member {trade.Seller.Value}";
        return trade.Amount.IsNegative
            ? new ArgumentException($"{which} has the amount {trade.Amount.Micros} micro-currency: it must be zero or more.")
            : new ArgumentException($"{which} has the quantity {trade.Quantity.WattHours} Wh: it must be more than zero.");
    }

    private static MemberBalance[] Sorted(ReadOnlySpan<MeteredEnergy> metered)
    {
        MemberBalance[] balances = new MemberBalance[metered.Length];
        bool ordered = true;
        for (int index = 0; index < metered.Length; index++)
        {
            MeteredEnergy reading = metered[index];
            balances[index] = new MemberBalance { Member = reading.Member, metered = reading.Net.WattHours, Estimated = reading.Estimated };
            ordered &= index == 0 || metered[index - 1].Member.Value < reading.Member.Value;
        }

        if (!ordered)
        {
            Array.Sort(balances, static (one, other) => one.Member.CompareTo(other.Member));
            RefuseDoubles(balances);
        }

        return balances;
    }

    private static void RefuseDoubles(MemberBalance[] balances)
    {
        for (int index = 1; index < balances.Length; index++)
        {
            if (balances[index].Member == balances[index - 1].Member)
            {
                throw new ArgumentException($"Member {balances[index].Member.Value} is metered twice in one period: give the net of all his meters once.");
            }
        }
    }

    private static int Find(MemberBalance[] balances, MemberId member)
    {
        int low = 0;
        int high = balances.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            long found = balances[middle].Member.Value;
            if (found == member.Value)
            {
                return middle;
            }

            if (found < member.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        throw new ArgumentException($"Member {member.Value} trades and is not metered: give a reading, or an estimate marked as one.");
    }
}
