using System.Globalization;

namespace Commonwatt;

/// <summary>Reads and writes whole numbers of a small unit as decimals of a large one: 1250 Wh as <c>1.250</c>.</summary>
internal static class DecimalText
{
    /// <summary>Writes <paramref name="value"/>, which counts units of ten to the minus <paramref name="scale"/>.</summary>
    /// <param name="value">The number of small units.</param>
    /// <param name="scale">How many decimals one small unit is (3: thousandths).</param>
    /// <param name="shown">How many decimals to show at the least; further ones are shown where they are not zero.</param>
    public static string Write(long value, int scale, int shown)
    {
        UInt128 size = value < 0 ? (UInt128)(-(Int128)value) : (UInt128)value;
        string digits = size.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string fraction = digits[^scale..];
        string kept = fraction[..shown] + fraction[shown..].TrimEnd('0');
        string sign = value < 0 ? "-" : "";
        return kept.Length == 0 ? sign + digits[..^scale] : $"{sign}{digits[..^scale]}.{kept}";
    }

    /// <summary>Reads a decimal with at most <paramref name="decimals"/> places as a whole number of the smallest one.</summary>
    /// <returns>False where the text is no plain decimal, has more places, or does not fit a <see langword="long"/>.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, int decimals, out long value)
    {
        value = 0;
        text = text.Trim();
        bool negative = text.StartsWith("-");
        if (negative)
        {
            text = text[1..];
        }

        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || fraction.Length > decimals || (point >= 0 && fraction.IsEmpty))
        {
            return false;
        }

        Int128 size = 0;
        if (!TryAppend(whole, ref size) || !TryAppend(fraction, ref size))
        {
            return false;
        }

        for (int place = fraction.Length; place < decimals; place++)
        {
            size *= 10;
        }

        Int128 signed = negative ? -size : size;
        if (signed < long.MinValue || signed > long.MaxValue)
        {
            return false;
        }

        value = (long)signed;
        return true;
    }

    /// <summary>The text without <paramref name="unit"/> at its end, or the text as it is.</summary>
    public static ReadOnlySpan<char> WithoutUnit(ReadOnlySpan<char> text, string unit)
    {
        text = text.Trim();
        return text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length].TrimEnd() : text;
    }

    /// <summary>The text without one known currency symbol or code at its start or end; the longest counts, since A$ ends in $.</summary>
    public static ReadOnlySpan<char> WithoutCurrency(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        string? longest = null;
        foreach (Currency currency in Currency.Known)
        {
            foreach (string name in (ReadOnlySpan<string>)[currency.Code, currency.Symbol])
            {
                bool stands = text.EndsWith(name, StringComparison.Ordinal) || text.StartsWith(name, StringComparison.Ordinal);
                longest = stands && name.Length > (longest?.Length ?? 0) ? name : longest;
            }
        }

        if (longest is null)
        {
            return text;
        }

        return text.EndsWith(longest, StringComparison.Ordinal) ? text[..^longest.Length].TrimEnd() : text[longest.Length..].TrimStart();
    }

    // Thirty digits are beyond any long and well within an Int128: more is no number of ours.
    private static bool TryAppend(ReadOnlySpan<char> digits, ref Int128 size)
    {
        if (digits.Length > 30)
        {
            return false;
        }

        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            if (size > long.MaxValue)
            {
                return false;
            }

            size = (size * 10) + (digit - '0');
        }

        return true;
    }
}
