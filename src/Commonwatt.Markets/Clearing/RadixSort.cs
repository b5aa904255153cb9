namespace Commonwatt.Markets.Clearing;

/// <summary>A stable sort by digit, least significant first: linear time where a comparison sort needs n log n.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    // Below this, clearing and scanning the counts costs more than comparing.
    private const int WorthCounting = 512;

    /// <summary>Sorts by key; equal keys keep their order, which is that of <see cref="BookKey.Arrival"/>.</summary>
    /// <param name="keys">What to sort, stored by arrival; its content is lost where another array is returned.</param>
    /// <param name="largest">The largest key, or any larger number.</param>
    /// <returns>The sorted array: <paramref name="keys"/> or a new one of the same length.</returns>
    public static BookKey[] Sort(BookKey[] keys, ulong largest)
    {
        if (largest == 0 || keys.Length < 2)
        {
            return keys;
        }

        if (keys.Length < WorthCounting)
        {
            keys.AsSpan().Sort();
            return keys;
        }

        BookKey[] from = keys;
        BookKey[] to = GC.AllocateUninitializedArray<BookKey>(keys.Length);
        Span<int> starts = stackalloc int[Digits];
        for (int shift = 0; shift < 64 && largest >> shift != 0; shift += DigitBits)
        {
            Scatter(from, to, shift, starts);
            (from, to) = (to, from);
        }

        return from;
    }

    private static void Scatter(BookKey[] from, BookKey[] to, int shift, Span<int> starts)
    {
        starts.Clear();
        foreach (BookKey key in from)
        {
            starts[Digit(key, shift)]++;
        }

        int start = 0;
        for (int digit = 0; digit < Digits; digit++)
        {
            (starts[digit], start) = (start, start + starts[digit]);
        }

        foreach (BookKey key in from)
        {
            to[starts[Digit(key, shift)]++] = key;
        }
    }

    private static int Digit(BookKey key, int shift) => (int)((key.Key >> shift) & (Digits - 1));
}
