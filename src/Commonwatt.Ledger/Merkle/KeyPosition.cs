namespace Commonwatt.Ledger.Merkle;

/// <summary>Places in a key where two keys can differ, in the order in which they decide which key comes first.</summary>
/// <remarks>
/// Position 16 i asks whether the key has a byte i at all; positions 16 i + 1 to 16 i + 8 are the bits of that byte, highest
/// first. So a key comes before every longer key that starts with it, and no key is the beginning of another's way.
/// </remarks>
internal static class KeyPosition
{
    /// <summary>The most bytes of a key: no way from the root is longer than nine branches a byte, whoever chooses the keys.</summary>
    public const int LongestKey = 255;

    /// <summary>No position: the keys are equal.</summary>
    public const int None = int.MaxValue;

    /// <summary>Whether two keys can differ at <paramref name="position"/>.</summary>
    public static bool Exists(int position) => position is >= 0 and < LongestKey << 4 && (position & 15) <= 8;

    /// <summary>What <paramref name="key"/> has at <paramref name="position"/>.</summary>
    public static bool IsSet(ReadOnlySpan<byte> key, int position)
    {
        int index = position >> 4;
        if (index >= key.Length)
        {
            return false;
        }

        int within = position & 15;
        return within == 0 || ((key[index] >> (8 - within)) & 1) == 1;
    }

    /// <summary>The first position where the two keys differ, or <see cref="None"/>.</summary>
    public static int FirstDifference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        int index = one.CommonPrefixLength(other);
        if (index == one.Length || index == other.Length)
        {
            return one.Length == other.Length ? None : index << 4;
        }

        int differing = one[index] ^ other[index];
        int within = int.LeadingZeroCount(differing) - 24 + 1;
        return (index << 4) + within;
    }
}
