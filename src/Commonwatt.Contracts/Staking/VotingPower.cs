namespace Commonwatt.Contracts.Staking;

/// <summary>Makes voting powers of the weights of stakes, so that nobody alone can stop the ledger.</summary>
/// <remarks>
/// A block needs more than two thirds of the power: who has a third can withhold it. So each stays below a third, which takes
/// four validators at least. What is above is cut off (and lost, not given to others), like water that runs over at one level.
/// </remarks>
public static class VotingPower
{
    /// <summary>The fewest validators of which each can stay below a third.</summary>
    public const int Fewest = 4;

    /// <summary>The most validators that stake makes: those with the greatest weights.</summary>
    public const int Most = 100;

    /// <summary>The powers of validators with these weights: each at least 1, at most 2147483647, and three times each less than all together.</summary>
    /// <param name="weights">From the greatest to the least, each at least 1, together less than 2^62; from <see cref="Fewest"/> to <see cref="Most"/> of them.</param>
    /// <returns>The powers in the same order.</returns>
    /// <exception cref="ArgumentException">There are fewer or more weights.</exception>
    public static long[] Of(ReadOnlySpan<long> weights)
    {
        if (weights.Length is < Fewest or > Most)
        {
            throw new ArgumentException($"Stake makes {Fewest} to {Most} validators, not {weights.Length}.", nameof(weights));
        }

        long[] powers = weights.ToArray();
        StayBelowAThird(powers);
        Scale(powers);
        // Rounding down may have made the others together a little lighter.
        StayBelowAThird(powers);
        return powers;
    }

    // At most two are cut off: beside three that have the most allowed, others would have nothing. So the level is known at once: the
    // greatest L with 3 L < L + others where one is cut off, and with 3 L < 2 L + others where two are.
    private static void StayBelowAThird(Span<long> powers)
    {
        long others = Sum(powers[1..]);
        if (2 * powers[0] < others)
        {
            return;
        }

        long level = (others - 1) / 2;
        if (powers[1] > level)
        {
            level = others - powers[1] - 1;
            powers[1] = level;
        }

        powers[0] = level;
    }

    private static void Scale(Span<long> powers)
    {
        long divisor = ((powers[0] - 1) / int.MaxValue) + 1;
        for (int index = 0; index < powers.Length; index++)
        {
            powers[index] = long.Max(1, powers[index] / divisor);
        }
    }

    private static long Sum(ReadOnlySpan<long> powers)
    {
        long sum = 0;
        foreach (long power in powers)
        {
            sum += power;
        }

        return sum;
    }
}
