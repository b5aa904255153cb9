namespace Commonwatt.Markets.Sharing;

/// <summary>How far apart two members are, in any one unit; zero or more, and the same in both directions.</summary>
public delegate long Distance(MemberId one, MemberId other);

/// <summary>Gives surplus to the nearest member with a deficit, at a fixed price.</summary>
/// <remarks>
/// Source 000, section 6, case 2 and table 1 (there, rooms along a hallway). The two members nearest to each other come first, then the next
/// nearest two, whoever they are; equal distances go by the seller's id, then the buyer's. The time grows with sellers times buyers.
/// </remarks>
public static class NearestNeighbour
{
    /// <summary>The name in configuration files and on the command line.</summary>
    public const string Name = "nearest-neighbour";

    /// <summary>Who gets whose surplus.</summary>
    /// <param name="members">Each member's deficit or surplus, in any order.</param>
    /// <param name="distance">How far apart two members are.</param>
    /// <param name="price">The price of all shared energy; zero or more.</param>
    /// <returns>The trades, from the nearest pair on.</returns>
    /// <exception cref="ArgumentException">A member is given twice, the price or a distance is negative.</exception>
    /// <exception cref="OverflowException">An amount does not fit a <see langword="long"/>.</exception>
    public static IReadOnlyList<MemberTrade> Share(ReadOnlySpan<NetDemand> members, Distance distance, Price price)
    {
        ArgumentNullException.ThrowIfNull(distance);
        NetDemand[] sorted = NetDemand.Sorted(members, price);
        long[] open = Array.ConvertAll(sorted, member => member.Net.WattHours);
        List<MemberTrade> trades = [];
        foreach (Pair pair in Pairs(sorted, distance))
        {
            long quantity = long.Min(-open[pair.Seller], open[pair.Buyer]);
            if (quantity > 0)
            {
                open[pair.Seller] += quantity;
                open[pair.Buyer] -= quantity;
                Energy shared = new(quantity);
                trades.Add(new MemberTrade(sorted[pair.Buyer].Member, sorted[pair.Seller].Member, shared, price, shared.At(price)));
            }
        }

        return trades;
    }

    private static List<Pair> Pairs(NetDemand[] members, Distance distance)
    {
        List<Pair> pairs = [];
        for (int seller = 0; seller < members.Length; seller++)
        {
            for (int buyer = 0; buyer < members.Length; buyer++)
            {
                if (members[seller].Net.IsNegative && members[buyer].Net > Energy.Zero)
                {
                    pairs.Add(new Pair(Checked(distance, members[seller].Member, members[buyer].Member), seller, buyer));
                }
            }
        }

        pairs.Sort();
        return pairs;
    }

    private static long Checked(Distance distance, MemberId seller, MemberId buyer)
    {
        long length = distance(seller, buyer);
        return length >= 0
            ? length
            : throw new ArgumentException(
                $"The distance from member {seller.Value} to member {buyer.Value} is {length}: it must be zero or more.",
                nameof(distance));
    }

    private readonly record struct Pair(long Length, int Seller, int Buyer) : IComparable<Pair>
    {
        public int CompareTo(Pair other) => (Length, Seller, Buyer).CompareTo((other.Length, other.Seller, other.Buyer));
    }
}
