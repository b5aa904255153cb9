namespace Commonwatt;

/// <summary>Electric power in whole watts.</summary>
/// <param name="Watts">The power in watts (W).</param>
/// <remarks>
/// Any <see langword="long"/> is a valid value; arithmetic that leaves the range of a <see langword="long"/> throws
/// <see cref="OverflowException"/> and never wraps.
/// </remarks>
public readonly record struct Power(long Watts) : IComparable<Power>
{
    /// <summary>Nothing: 0 W.</summary>
    public static readonly Power Zero;

    /// <summary>Whether this is less than nothing.</summary>
    public bool IsNegative => Watts < 0;

    /// <summary>Whether this is nothing.</summary>
    public bool IsZero => Watts == 0;

    /// <summary>The sum of the two.</summary>
    public static Power operator +(Power left, Power right) => new(left.Watts + right.Watts);

    /// <summary>The difference of the two.</summary>
    public static Power operator -(Power left, Power right) => new(left.Watts - right.Watts);

    /// <summary>The same size with the other sign.</summary>
    public static Power operator -(Power value) => new(-value.Watts);

    /// <summary>Whether <paramref name="left"/> is smaller.</summary>
    public static bool operator <(Power left, Power right) => left.Watts < right.Watts;

    /// <summary>Whether <paramref name="left"/> is larger.</summary>
    public static bool operator >(Power left, Power right) => left.Watts > right.Watts;

    /// <summary>Whether <paramref name="left"/> is not larger.</summary>
    public static bool operator <=(Power left, Power right) => left.Watts <= right.Watts;

    /// <summary>Whether <paramref name="left"/> is not smaller.</summary>
    public static bool operator >=(Power left, Power right) => left.Watts >= right.Watts;

    /// <summary>The smaller of the two.</summary>
    public static Power Min(Power left, Power right) => left < right ? left : right;

    /// <summary>The larger of the two.</summary>
    public static Power Max(Power left, Power right) => left > right ? left : right;

    /// <summary>The size without its sign.</summary>
    public static Power Abs(Power value) => value.IsNegative ? -value : value;

    /// <summary>The energy that this power delivers over <paramref name="duration"/>, truncated toward zero to whole watt-hours.</summary>
    /// <exception cref="OverflowException">The energy does not fit a <see langword="long"/>.</exception>
    public Energy For(TimeSpan duration) => new((long)((Int128)Watts * duration.Ticks / TimeSpan.TicksPerHour));

    /// <summary>Reads a power such as <c>4.600 kW</c> or, without a unit, <c>4.6</c> kilowatts; at most three decimals.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="power">What was read, or zero.</param>
    /// <returns>Whether <paramref name="text"/> is a power.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Power power)
    {
        bool read = DecimalText.TryRead(DecimalText.WithoutUnit(text, "kW"), decimals: 3, out long watts);
        power = new Power(watts);
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Power other) => Watts.CompareTo(other.Watts);

    /// <summary>The power in kilowatts with three decimals: <c>4.600 kW</c>.</summary>
    public override string ToString() => DecimalText.Write(Watts, scale: 3, shown: 3) + " kW";
}
