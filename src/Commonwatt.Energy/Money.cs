namespace Commonwatt;

/// <summary>An amount of money in whole micro-units of the community's currency.</summary>
/// <param name="Micros">The amount in micro-currency: 1500000 is 1.50 of the currency.</param>
/// <remarks>
/// Any <see langword="long"/> is a valid value; arithmetic that leaves the range of a <see langword="long"/> throws
/// <see cref="OverflowException"/> and never wraps.
/// </remarks>
public readonly record struct Money(long Micros) : IComparable<Money>
{
    /// <summary>Nothing: 0 micro-units.</summary>
    public static readonly Money Zero;

    /// <summary>Whether this is less than nothing.</summary>
    public bool IsNegative => Micros < 0;

    /// <summary>Whether this is nothing.</summary>
    public bool IsZero => Micros == 0;

    /// <summary>The sum of the two.</summary>
    public static Money operator +(Money left, Money right) => new(left.Micros + right.Micros);

    /// <summary>The difference of the two.</summary>
    public static Money operator -(Money left, Money right) => new(left.Micros - right.Micros);

    /// <summary>The same size with the other sign.</summary>
    public static Money operator -(Money value) => new(-value.Micros);

    /// <summary>Whether <paramref name="left"/> is smaller.</summary>
    public static bool operator <(Money left, Money right) => left.Micros < right.Micros;

    /// <summary>Whether <paramref name="left"/> is larger.</summary>
    public static bool operator >(Money left, Money right) => left.Micros > right.Micros;

    /// <summary>Whether <paramref name="left"/> is not larger.</summary>
    public static bool operator <=(Money left, Money right) => left.Micros <= right.Micros;

    /// <summary>Whether <paramref name="left"/> is not smaller.</summary>
    public static bool operator >=(Money left, Money right) => left.Micros >= right.Micros;

    /// <summary>The smaller of the two.</summary>
    public static Money Min(Money left, Money right) => left < right ? left : right;

    /// <summary>The larger of the two.</summary>
    public static Money Max(Money left, Money right) => left > right ? left : right;

    /// <summary>The size without its sign.</summary>
    public static Money Abs(Money value) => value.IsNegative ? -value : value;

    /// <summary>This amount times <paramref name="numerator"/> over <paramref name="denominator"/>, truncated toward zero.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is zero.</exception>
    /// <exception cref="OverflowException">The result does not fit a <see langword="long"/>.</exception>
    public Money Share(long numerator, long denominator) => new((long)((Int128)Micros * numerator / denominator));

    /// <summary>Reads an amount such as <c>12.50</c>, <c>12.50 €</c> or <c>€12.50</c>; at most six decimals.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="money">What was read, or zero.</param>
    /// <returns>Whether <paramref name="text"/> is an amount of money.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        bool read = DecimalText.TryRead(DecimalText.WithoutCurrency(text), decimals: 6, out long micros);
        money = new Money(micros);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Money other) => Micros.CompareTo(other.Micros);

    /// <summary>The amount in euro with at least two decimals: <c>12.50 €</c>.</summary>
    public override string ToString() => ToString(Currency.Euro);

    /// <summary>The amount in <paramref name="currency"/> with at least two decimals: <c>12.50 €</c>.</summary>
    public string ToString(Currency currency) => $"{DecimalText.Write(Micros, scale: 6, shown: 2)} {currency.Symbol}";

    /// <summary>The bare number with six decimals, for tables and files: <c>12.500000</c>.</summary>
    public string ToDecimal() => DecimalText.Write(Micros, scale: 6, shown: 6);
}
