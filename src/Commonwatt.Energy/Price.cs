namespace Commonwatt;

/// <summary>A price of energy in whole micro-currency per kilowatt-hour.</summary>
/// <param name="MicrosPerKilowattHour">The price in micro-currency per kWh: 215000 is 0.2150 of the currency a kWh.</param>
/// <remarks>
/// Any <see langword="long"/> is a valid value; arithmetic that leaves the range of a <see langword="long"/> throws
/// <see cref="OverflowException"/> and never wraps.
/// </remarks>
public readonly record struct Price(long MicrosPerKilowattHour) : IComparable<Price>
{
    /// <summary>Nothing: 0 micro-currency per kWh.</summary>
    public static readonly Price Zero;

    /// <summary>Whether this is less than nothing.</summary>
    public bool IsNegative => MicrosPerKilowattHour < 0;

    /// <summary>Whether this is nothing.</summary>
    public bool IsZero => MicrosPerKilowattHour == 0;

    /// <summary>The sum of the two.</summary>
    public static Price operator +(Price left, Price right) => new(left.MicrosPerKilowattHour + right.MicrosPerKilowattHour);

    /// <summary>The difference of the two.</summary>
    public static Price operator -(Price left, Price right) => new(left.MicrosPerKilowattHour - right.MicrosPerKilowattHour);

    /// <summary>The same size with the other sign.</summary>
    public static Price operator -(Price value) => new(-value.MicrosPerKilowattHour);

    /// <summary>Whether <paramref name="left"/> is smaller.</summary>
    public static bool operator <(Price left, Price right) => left.MicrosPerKilowattHour < right.MicrosPerKilowattHour;

    /// <summary>Whether <paramref name="left"/> is larger.</summary>
    public static bool operator >(Price left, Price right) => left.MicrosPerKilowattHour > right.MicrosPerKilowattHour;

    /// <summary>Whether <paramref name="left"/> is not larger.</summary>
    public static bool operator <=(Price left, Price right) => left.MicrosPerKilowattHour <= right.MicrosPerKilowattHour;

    /// <summary>Whether <paramref name="left"/> is not smaller.</summary>
    public static bool operator >=(Price left, Price right) => left.MicrosPerKilowattHour >= right.MicrosPerKilowattHour;

    /// <summary>The smaller of the two.</summary>
    public static Price Min(Price left, Price right) => left < right ? left : right;

    /// <summary>The larger of the two.</summary>
    public static Price Max(Price left, Price right) => left > right ? left : right;

    /// <summary>The size without its sign.</summary>
    public static Price Abs(Price value) => value.IsNegative ? -value : value;

    /// <summary>The middle of the two, truncated toward zero to a whole micro-unit.</summary>
    public static Price Midpoint(Price left, Price right) =>
        new((long)(((Int128)left.MicrosPerKilowattHour + right.MicrosPerKilowattHour) / 2));

    /// <summary>Reads a price per kilowatt-hour such as <c>0.2150</c>, <c>0.2150 €/kWh</c> or <c>0.215/kWh</c>; at most six decimals.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="price">What was read, or zero.</param>
    /// <returns>Whether <paramref name="text"/> is a price.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Price price)
    {
        ReadOnlySpan<char> bare = DecimalText.WithoutCurrency(DecimalText.WithoutUnit(text, "/kWh"));
        bool read = DecimalText.TryRead(bare, decimals: 6, out long micros);
        price = new Price(micros);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Price other) => MicrosPerKilowattHour.CompareTo(other.MicrosPerKilowattHour);

    /// <summary>The price in euro with at least four decimals: <c>0.2150 €/kWh</c>.</summary>
    public override string ToString() => ToString(Currency.Euro);

    /// <summary>The price in <paramref name="currency"/> with at least four decimals: <c>0.2150 €/kWh</c>.</summary>
    public string ToString(Currency currency) => $"{ToDecimal(shown: 4)} {currency.Symbol}/kWh";

    /// <summary>The bare number with six decimals, for tables and files: <c>0.215000</c>.</summary>
    public string ToDecimal() => ToDecimal(shown: 6);

    private string ToDecimal(int shown) => DecimalText.Write(MicrosPerKilowattHour, scale: 6, shown);
}
