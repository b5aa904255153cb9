using System.Globalization;

namespace Commonwatt.Simulation.Series;

/// <summary>Reads decimal numbers. Written for speed: files have millions.</summary>
public static class NumberText
{
    private const int MostExactDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number with a decimal point, rounded correctly to the nearest double.</summary>
    /// <returns>False where the text is no number; infinities and NaN are read and left to the caller.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        long digits = 0;
        int count = 0;
        int decimals = -1;
        int at = text is [(byte)'-', ..] ? 1 : 0;
        for (; at < text.Length; at++)
        {
            byte symbol = text[at];
            if (char.IsAsciiDigit((char)symbol))
            {
                digits = (digits * 10) + (symbol - '0');
                decimals += decimals < 0 ? 0 : 1;
                if (++count > MostExactDigits)
                {
                    break;
                }
            }
            else if (symbol == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                break;
            }
        }

        // Up to 15 digits and a power of ten are both exact doubles: one division rounds once, as a full parser would.
        if (at == text.Length && count > 0 && decimals != 0)
        {
            value = digits / PowersOfTen[int.Max(decimals, 0)];
            value = text[0] == '-' ? -value : value;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
