using System.Numerics;

namespace Commonwatt.Tests;

/// <summary>Every operation against integers without bounds: exact, or an error.</summary>
public sealed class ArithmeticTests
{
    [Fact]
    public void Sums_are_exact_or_an_error()
    {
        Property.IsExact((left, right) => (BigInteger)left + right, (left, right) => (new Energy(left) + new Energy(right)).WattHours);
        Property.IsExact((left, right) => (BigInteger)left + right, (left, right) => (new Power(left) + new Power(right)).Watts);
        Property.IsExact((left, right) => (BigInteger)left + right, (left, right) => (new Price(left) + new Price(right)).MicrosPerKilowattHour);
        Property.IsExact((left, right) => (BigInteger)left + right, (left, right) => (new Money(left) + new Money(right)).Micros);
    }

    [Fact]
    public void Differences_are_exact_or_an_error()
    {
        Property.IsExact((left, right) => (BigInteger)left - right, (left, right) => (new Energy(left) - new Energy(right)).WattHours);
        Property.IsExact((left, right) => (BigInteger)left - right, (left, right) => (new Power(left) - new Power(right)).Watts);
        Property.IsExact((left, right) => (BigInteger)left - right, (left, right) => (new Price(left) - new Price(right)).MicrosPerKilowattHour);
        Property.IsExact((left, right) => (BigInteger)left - right, (left, right) => (new Money(left) - new Money(right)).Micros);
    }

    [Fact]
    public void Negation_and_size_are_exact_or_an_error()
    {
        Property.IsExact((value, _) => -(BigInteger)value, (value, _) => (-new Energy(value)).WattHours);
        Property.IsExact((value, _) => -(BigInteger)value, (value, _) => (-new Power(value)).Watts);
        Property.IsExact((value, _) => -(BigInteger)value, (value, _) => (-new Price(value)).MicrosPerKilowattHour);
        Property.IsExact((value, _) => -(BigInteger)value, (value, _) => (-new Money(value)).Micros);
        Property.IsExact((value, _) => BigInteger.Abs(value), (value, _) => Energy.Abs(new Energy(value)).WattHours);
        Property.IsExact((value, _) => BigInteger.Abs(value), (value, _) => Power.Abs(new Power(value)).Watts);
        Property.IsExact((value, _) => BigInteger.Abs(value), (value, _) => Price.Abs(new Price(value)).MicrosPerKilowattHour);
        Property.IsExact((value, _) => BigInteger.Abs(value), (value, _) => Money.Abs(new Money(value)).Micros);
    }

    [Fact]
    public void An_amount_is_quantity_times_price_over_a_thousand_truncated() =>
        Property.IsExact((wattHours, price) => (BigInteger)wattHours * price / 1000, (wattHours, price) => new Energy(wattHours).At(new Price(price)).Micros);

    [Fact]
    public void An_amount_beyond_a_long_says_what_was_too_much()
    {
        OverflowException error = Assert.Throws<OverflowException>(() => Energy.FromKilowattHours(10_000_000_000).At(new Price(1_000_000_000_000)));

        Assert.StartsWith("10000000000.000 kWh at 1000000.0000 €/kWh costs more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_middle_of_two_prices_never_overflows() => Property.IsExact(
        (left, right) => ((BigInteger)left + right) / 2,
        (left, right) => Price.Midpoint(new Price(left), new Price(right)).MicrosPerKilowattHour);

    [Fact]
    public void Kilowatt_hours_are_a_thousand_watt_hours() =>
        Property.IsExact((value, _) => (BigInteger)value * 1000, (value, _) => Energy.FromKilowattHours(value).WattHours);

    [Fact]
    public void A_share_of_money_is_exact_and_truncated() =>
        Property.IsExact((micros, numerator) => (BigInteger)micros * numerator / 7, (micros, numerator) => new Money(micros).Share(numerator, 7).Micros);

    [Fact]
    public void Power_over_time_is_energy_and_energy_over_time_is_power()
    {
        TimeSpan quarter = TimeSpan.FromMinutes(15);
        Property.IsExact((watts, _) => (BigInteger)watts / 4, (watts, _) => new Power(watts).For(quarter).WattHours);
        Property.IsExact((wattHours, _) => (BigInteger)wattHours * 4, (wattHours, _) => new Energy(wattHours).Over(quarter).Watts);
        Assert.Throws<DivideByZeroException>(() => new Energy(1).Over(TimeSpan.Zero));
        Assert.Throws<DivideByZeroException>(() => new Money(1).Share(1, 0));
    }

    [Fact]
    public void Order_is_the_order_of_the_numbers() => Property.IsExact(
        (left, right) => BigInteger.Max(left, right) - BigInteger.Min(left, right),
        (left, right) =>
        {
            (Energy one, Energy other) = (new Energy(left), new Energy(right));
            Assert.Equal(left < right, one < other);
            Assert.Equal(left >= right, one >= other);
            Assert.Equal(left.CompareTo(right), one.CompareTo(other));
            return (Energy.Max(one, other) - Energy.Min(one, other)).WattHours;
        });
}
