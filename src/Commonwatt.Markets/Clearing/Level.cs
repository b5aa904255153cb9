namespace Commonwatt.Markets.Clearing;

/// <summary>The orders at the margin of one side, which have equal claims.</summary>
internal static class Level
{
    /// <summary>The side up to its margin, with what the marginal level filled shared among that level by quantity.</summary>
    /// <param name="side">The orders by priority.</param>
    /// <param name="filled">What each of them got by arrival.</param>
    /// <param name="last">The last that got anything.</param>
    /// <param name="priority">What orders the side: at equal prices claims are equal, or, by arrival, all claims are.</param>
    public static BookOrder[] Share(BookOrder[] side, long[] filled, int last, Priority priority)
    {
        (int start, int end) = priority == Priority.Arrival ? (0, side.Length) : SamePrice(side, last);
        long[] weights = new long[end - start];
        long total = 0;
        for (int index = start; index < end; index++)
        {
            weights[index - start] = side[index].Quantity;
            total += filled[index];
        }

        long[] shares = new long[weights.Length];
        LargestRemainder.Divide(total, weights, shares);

        BookOrder[] shared = side[..end];
        for (int index = start; index < end; index++)
        {
            shared[index] = side[index] with { Quantity = shares[index - start] };
        }

        return shared;
    }

    private static (int Start, int End) SamePrice(BookOrder[] side, int place)
    {
        int start = place;
        while (start > 0 && side[start - 1].Price == side[place].Price)
        {
            start--;
        }

        int end = place + 1;
        while (end < side.Length && side[end].Price == side[place].Price)
        {
            end++;
        }

        return (start, end);
    }
}
