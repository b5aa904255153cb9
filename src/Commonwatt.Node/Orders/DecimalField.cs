namespace Commonwatt.Node.Orders;

/// <summary>What is wrong with a decimal in a file.</summary>
internal enum DecimalFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing stands there.</summary>
    Empty,

    /// <summary>There is something else than digits and one point.</summary>
    NotANumber,

    /// <summary>It is below zero.</summary>
    Negative,

    /// <summary>It has more decimals than the field takes.</summary>
    TooManyDecimals,

    /// <summary>It does not fit a <see langword="long"/> of the smallest unit.</summary>
    TooLarge,
}

/// <summary>Reads a plain decimal from bytes as a whole number of its smallest unit, strictly and without allocating.</summary>
internal static class DecimalField
{
    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <param name="text">Digits, and at most one point between them; nothing else.</param>
    /// <param name="decimals">The most decimals it may have: one small unit is ten to the minus this.</param>
    /// <param name="value">The number of small units, or zero.</param>
    public static DecimalFault Read(ReadOnlySpan<byte> text, int decimals, out long value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return DecimalFault.Empty;
        }

        if (text[0] == '-' && Read(text[1..], decimals, out _) is DecimalFault.None or DecimalFault.TooManyDecimals or DecimalFault.TooLarge)
        {
            return DecimalFault.Negative;
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return DecimalFault.NotANumber;
        }

        if (fraction.Length > decimals)
        {
            return DecimalFault.TooManyDecimals;
        }

        return TryJoin(whole, fraction, decimals, out value) ? DecimalFault.None : DecimalFault.TooLarge;
    }

    private static bool TryJoin(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int decimals, out long value)
    {
        UInt128 size = 0;
        value = 0;
        foreach (byte digit in whole)
        {
            size = (size * 10) + (uint)(digit - '0');
            if (size > long.MaxValue)
            {
                return false;
            }
        }

        for (int place = 0; place < decimals; place++)
        {
            size = (size * 10) + (place < fraction.Length ? (uint)(fraction[place] - '0') : 0);
        }

        if (size > long.MaxValue)
        {
            return false;
        }

        value = (long)size;
        return true;
    }
}
