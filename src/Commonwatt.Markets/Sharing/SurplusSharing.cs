namespace Commonwatt.Markets.Sharing;

/// <summary>Divides a period's surplus among the members who lack energy by a key, without orders.</summary>
/// <remarks>
/// European collective self-consumption practice; source 001, section 4. Where the surplus exceeds what the key lets members use, the members who have
/// it sell in proportion to their surplus, whole Wh by largest remainder. Who sells to whom goes by member id, so that each pair has one amount.
/// </remarks>
public static class SurplusSharing
{
    /// <summary>The name in configuration files and on the command line.</summary>
    public const string Name = "sharing-key";

    /// <summary>Who gets whose surplus.</summary>
    /// <param name="members">Each member's deficit or surplus, in any order.</param>
    /// <param name="key">How the surplus is divided.</param>
    /// <param name="price">The price of all shared energy; zero or more.</param>
    /// <returns>The trades by buyer and seller.</returns>
    /// <exception cref="ArgumentException">A member is given twice, or the price is negative.</exception>
    /// <exception cref="OverflowException">A sum or an amount does not fit a <see langword="long"/>.</exception>
    public static IReadOnlyList<MemberTrade> Share(ReadOnlySpan<NetDemand> members, SharingKey key, Price price)
    {
        ArgumentNullException.ThrowIfNull(key);
        NetDemand[] sorted = NetDemand.Sorted(members, price);
        NetDemand[] producers = Array.FindAll(sorted, member => member.Net.IsNegative);
        NetDemand[] consumers = Array.FindAll(sorted, member => member.Net > Energy.Zero);

        long[] surpluses = Array.ConvertAll(producers, producer => -producer.Net.WattHours);
        long surplus = 0;
        foreach (long produced in surpluses)
        {
            surplus += produced;
        }

        long[] bought = new long[consumers.Length];
        long left = key.Allocate(surplus, consumers, bought);
        long[] sold = new long[producers.Length];
        LargestRemainder.Divide(surplus - left, surpluses, sold);
        return Pair(consumers, bought, producers, sold, price);
    }

    private static List<MemberTrade> Pair(NetDemand[] consumers, long[] bought, NetDemand[] producers, long[] sold, Price price)
    {
        List<MemberTrade> trades = [];
        int producer = 0;
        for (int consumer = 0; consumer < consumers.Length; consumer++)
        {
            while (bought[consumer] > 0)
            {
                while (sold[producer] == 0)
                {
                    producer++;
                }

                long quantity = long.Min(bought[consumer], sold[producer]);
                bought[consumer] -= quantity;
                sold[producer] -= quantity;
                Energy shared = new(quantity);
                trades.Add(new MemberTrade(consumers[consumer].Member, producers[producer].Member, shared, price, shared.At(price)));
            }
        }

        return trades;
    }
}
