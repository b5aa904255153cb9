namespace Commonwatt.Markets.Sharing;

/// <summary>What a member lacks or has over in a period.</summary>
/// <param name="Member">The member.</param>
/// <param name="Net">Consumption minus production, in Wh: positive is a deficit, negative a surplus.</param>
public readonly record struct NetDemand(MemberId Member, Energy Net)
{
    /// <summary>The members by id.</summary>
    /// <exception cref="ArgumentException">A member is given twice, or the price is negative.</exception>
    internal static NetDemand[] Sorted(ReadOnlySpan<NetDemand> members, Price price)
    {
        if (price.IsNegative)
        {
            throw new ArgumentException(
                $"The price of shared energy is {price.MicrosPerKilowattHour} micro-currency per kWh: it must be zero or more.",
                nameof(price));
        }

        NetDemand[] sorted = members.ToArray();
        Array.Sort(sorted, static (one, other) => one.Member.CompareTo(other.Member));
        for (int index = 1; index < sorted.Length; index++)
        {
            if (sorted[index].Member == sorted[index - 1].Member)
            {
                throw new ArgumentException($"Member {sorted[index].Member.Value} is given twice in one period: give his net demand once.", nameof(members));
            }
        }

        return sorted;
    }
}
