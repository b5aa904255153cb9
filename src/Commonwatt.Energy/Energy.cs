namespace Commonwatt;

/// <summary>An amount of electric energy in whole watt-hours.</summary>
/// <param name="WattHours">The amount in watt-hours (Wh).</param>
/// <remarks>
/// Any <see langword="long"/> is a valid value; arithmetic that leaves the range of a <see langword="long"/> throws
/// <see cref="OverflowException"/> and never wraps.
/// </remarks>
public readonly record struct Energy(long WattHours) : IComparable<Energy>
{
    /// <summary>Nothing: 0 Wh.</summary>
    public static readonly Energy Zero;

    /// <summary>Whether this is less than nothing.</summary>
    public bool IsNegative => WattHours < 0;

    /// <summary>Whether this is nothing.</summary>
    public bool IsZero => WattHours == 0;

    /// <summary>The sum of the two.</summary>
    public static Energy operator +(Energy left, Energy right) => new(left.WattHours + right.WattHours);

    /// <summary>The difference of the two.</summary>
    public static Energy operator -(Energy left, Energy right) => new(left.WattHours - right.WattHours);

    /// <summary>The same size with the other sign.</summary>
    public static Energy operator -(Energy value) => new(-value.WattHours);

    /// <summary>Whether <paramref name="left"/> is smaller.</summary>
    public static bool operator <(Energy left, Energy right) => left.WattHours < right.WattHours;

    /// <summary>Whether <paramref name="left"/> is larger.</summary>
    public static bool operator >(Energy left, Energy right) => left.WattHours > right.WattHours;

    /// <summary>Whether <paramref name="left"/> is not larger.</summary>
    public static bool operator <=(Energy left, Energy right) => left.WattHours <= right.WattHours;

    /// <summary>Whether <paramref name="left"/> is not smaller.</summary>
    public static bool operator >=(Energy left, Energy right) => left.WattHours >= right.WattHours;

    /// <summary>The smaller of the two.</summary>
    public static Energy Min(Energy left, Energy right) => left < right ? left : right;

    /// <summary>The larger of the two.</summary>
    public static Energy Max(Energy left, Energy right) => left > right ? left : right;

    /// <summary>The size without its sign.</summary>
    public static Energy Abs(Energy value) => value.IsNegative ? -value : value;

    /// <summary>An amount given in whole kilowatt-hours.</summary>
    public static Energy FromKilowattHours(long kilowattHours) => new(kilowattHours * 1000);

    /// <summary>The money that this energy costs at <paramref name="price"/>: Wh times micro-currency per kWh over 1000, truncated toward zero.</summary>
    /// <remarks>The one rule of amounts: computed once and used for both sides, so that money is conserved to the last micro-unit.</remarks>
    /// <exception cref="OverflowException">The amount does not fit a <see langword="long"/>.</exception>
    public Money At(Price price)
    {
        // Most quantities and prices are small: their product fits a long, and 128-bit division is slow.
        if ((WattHours | price.MicrosPerKilowattHour) is >= 0 and <= int.MaxValue)
        {
            return new Money(WattHours * price.MicrosPerKilowattHour / 1000);
        }

        Int128 micros = (Int128)WattHours * price.MicrosPerKilowattHour / 1000;
        return micros >= long.MinValue && micros <= long.MaxValue
            ? new Money((long)micros)
            : throw new OverflowException(
                $"{this} at {price} costs more than the largest amount of money there is, {new Money(long.MaxValue)}: take a smaller quantity or price.");
    }

    /// <summary>The mean power of this energy spread evenly over <paramref name="duration"/>, truncated toward zero to whole watts.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="duration"/> is zero.</exception>
    public Power Over(TimeSpan duration) => new((long)((Int128)WattHours * TimeSpan.TicksPerHour / duration.Ticks));

    /// <summary>Reads an amount such as <c>1.250 kWh</c>, <c>1.25kWh</c> or, without a unit, <c>1.25</c> kilowatt-hours; at most three decimals.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="energy">What was read, or zero.</param>
    /// <returns>Whether <paramref name="text"/> is an amount of energy.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Energy energy)
    {
        bool read = DecimalText.TryRead(DecimalText.WithoutUnit(text, "kWh"), decimals: 3, out long wattHours);
        energy = new Energy(wattHours);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Energy other) => WattHours.CompareTo(other.WattHours);

    /// <summary>The amount in kilowatt-hours with three decimals: <c>1.250 kWh</c>.</summary>
    public override string ToString() => ToKilowattHours() + " kWh";

    /// <summary>The bare number of kilowatt-hours with three decimals, for tables and files: <c>1.250</c>.</summary>
    public string ToKilowattHours() => DecimalText.Write(WattHours, scale: 3, shown: 3);
}
