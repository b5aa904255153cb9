using System.Numerics;

namespace Commonwatt.Markets.Tests.Clearing;

/// <summary>The greatest welfare of a small book, found by trying every choice of single kWh and not by sorting.</summary>
internal static class BestWelfare
{
    public static long Of(Order[] book)
    {
        long[] values = BestBySize(Units(book, Side.Buy));
        long[] costs = BestBySize([.. Units(book, Side.Sell).Select(price => -price)]);
        return Enumerable.Range(0, int.Min(values.Length, costs.Length)).Max(size => values[size] + costs[size]);
    }

    /// <summary>For each number of units, the greatest sum that any so many of them have.</summary>
    private static long[] BestBySize(long[] units)
    {
        long[] best = new long[units.Length + 1];
        Array.Fill(best, long.MinValue / 4);
        long[] sums = new long[1 << units.Length];
        for (int chosen = 0; chosen < sums.Length; chosen++)
        {
            int lowest = BitOperations.TrailingZeroCount(chosen);
            sums[chosen] = chosen == 0 ? 0 : sums[chosen & (chosen - 1)] + units[lowest];
            int size = BitOperations.PopCount((uint)chosen);
            best[size] = long.Max(best[size], sums[chosen]);
        }

        return best;
    }

    private static long[] Units(Order[] book, Side side) =>
        [.. book.Where(order => order.Side == side)
            .SelectMany(order => Enumerable.Repeat(order.LimitPrice.MicrosPerKilowattHour, (int)(order.Quantity.WattHours / 1000)))];
}
