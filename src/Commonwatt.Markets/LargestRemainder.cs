namespace Commonwatt.Markets;

/// <summary>Divides a whole number in proportion to weights so that the parts are whole and add up: the largest remainder (Hamilton) method.</summary>
/// <remarks>Each part is its exact share, rounded down or up; ups go to the largest remainders, and among equal ones to the earlier weight.</remarks>
public static class LargestRemainder
{
    private const int OnStack = 256;

    /// <summary>Divides <paramref name="total"/> in proportion to <paramref name="weights"/>.</summary>
    /// <param name="total">What to divide; zero or more.</param>
    /// <param name="weights">Zero or more each, and not all zero unless <paramref name="total"/> is zero. The order decides ties only.</param>
    /// <param name="parts">Receives a part for each weight. No part exceeds its weight where <paramref name="total"/> is at most their sum.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or there is something to divide and no weight to divide it by.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The total or a weight is negative.</exception>
    public static void Divide(long total, ReadOnlySpan<long> weights, Span<long> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        if (parts.Length != weights.Length)
        {
            throw new ArgumentException($"There are {weights.Length} weights and room for {parts.Length} parts: the two must be equal.", nameof(parts));
        }

        Int128 sum = Sum(weights);
        if (total == 0)
        {
            parts.Clear();
            return;
        }

        if (sum == 0)
        {
            throw new ArgumentException($"All weights are zero: {total} cannot be divided among them.", nameof(weights));
        }

        Span<Remainder> remainders = weights.Length <= OnStack ? stackalloc Remainder[weights.Length] : new Remainder[weights.Length];
        long rest = RoundDown(total, sum, weights, parts, remainders);
        if (rest > 0)
        {
            remainders.Sort();
            for (int place = 0; place < rest; place++)
            {
                parts[remainders[place].Index]++;
            }
        }
    }

    private static Int128 Sum(ReadOnlySpan<long> weights)
    {
        Int128 sum = 0;
        foreach (long weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += weight;
        }

        return sum;
    }

    // Division of 128-bit numbers is slow, and the quantities of a neighbourhood seldom need it.
    private static long RoundDown(long total, Int128 sum, ReadOnlySpan<long> weights, Span<long> parts, Span<Remainder> remainders) =>
        sum <= long.MaxValue / total
            ? RoundDownNarrow(total, (long)sum, weights, parts, remainders)
            : RoundDownWide(total, sum, weights, parts, remainders);

    private static long RoundDownNarrow(long total, long sum, ReadOnlySpan<long> weights, Span<long> parts, Span<Remainder> remainders)
    {
        long rest = total;
        for (int index = 0; index < weights.Length; index++)
        {
            (long part, long remainder) = long.DivRem(total * weights[index], sum);
            parts[index] = part;
            remainders[index] = new Remainder(remainder, index);
            rest -= part;
        }

        return rest;
    }

    private static long RoundDownWide(long total, Int128 sum, ReadOnlySpan<long> weights, Span<long> parts, Span<Remainder> remainders)
    {
        long rest = total;
        for (int index = 0; index < weights.Length; index++)
        {
            (UInt128 part, UInt128 remainder) = UInt128.DivRem((UInt128)((Int128)total * weights[index]), (UInt128)sum);
            parts[index] = (long)part;
            remainders[index] = new Remainder((Int128)remainder, index);
            rest -= parts[index];
        }

        return rest;
    }

    private readonly record struct Remainder(Int128 Size, int Index) : IComparable<Remainder>
    {
        public int CompareTo(Remainder other)
        {
            int bySize = other.Size.CompareTo(Size);
            return bySize != 0 ? bySize : Index.CompareTo(other.Index);
        }
    }
}
