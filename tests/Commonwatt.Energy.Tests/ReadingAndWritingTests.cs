namespace Commonwatt.Tests;

public sealed class ReadingAndWritingTests
{
    [Fact]
    public void What_is_written_is_read_back() => Property.Holds(Property.Long, value =>
    {
        Assert.True(Energy.TryParse(new Energy(value).ToString(), out Energy energy) && energy.WattHours == value);
        Assert.True(Energy.TryParse(new Energy(value).ToKilowattHours(), out energy) && energy.WattHours == value);
        Assert.True(Power.TryParse(new Power(value).ToString(), out Power power) && power.Watts == value);
        Assert.True(Price.TryParse(new Price(value).ToDecimal(), out Price price) && price.MicrosPerKilowattHour == value);
        Assert.True(Money.TryParse(new Money(value).ToDecimal(), out Money money) && money.Micros == value);
    });

    [Fact]
    public void Every_known_currency_is_read_back() => Property.Holds(Property.Long, value =>
    {
        foreach (Currency currency in Currency.Known)
        {
            Assert.True(Money.TryParse(new Money(value).ToString(currency), out Money money) && money.Micros == value);
            Assert.True(Price.TryParse(new Price(value).ToString(currency), out Price price) && price.MicrosPerKilowattHour == value);
        }
    });

    [Theory]
    [InlineData("1.250 kWh", 1250)]
    [InlineData(" 1.25kWh ", 1250)]
    [InlineData("1.25", 1250)]
    [InlineData("-0.001 kWh", -1)]
    [InlineData("0", 0)]
    public void Energy_is_read_in_kilowatt_hours(string text, long wattHours)
    {
        Assert.True(Energy.TryParse(text, out Energy energy));
        Assert.Equal(wattHours, energy.WattHours);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("kWh")]
    [InlineData("1.2345")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("--1")]
    [InlineData("1 MWh")]
    [InlineData("9223372036854775.808")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void What_is_no_energy_is_refused(string text) => Assert.False(Energy.TryParse(text, out _));

    [Theory]
    [InlineData("0.2150", 215_000)]
    [InlineData("0.2150 €/kWh", 215_000)]
    [InlineData("0.215/kWh", 215_000)]
    [InlineData("EUR 0.215", 215_000)]
    [InlineData("-0.000001 $/kWh", -1)]
    public void A_price_is_read_with_or_without_its_currency(string text, long micros)
    {
        Assert.True(Price.TryParse(text, out Price price));
        Assert.Equal(micros, price.MicrosPerKilowattHour);
    }

    [Theory]
    [InlineData("12.50", 12_500_000)]
    [InlineData("12.50 €", 12_500_000)]
    [InlineData("€12.50", 12_500_000)]
    [InlineData("A$12.50", 12_500_000)]
    [InlineData("12.50 A$", 12_500_000)]
    public void Money_is_read_with_the_currency_before_or_after(string text, long micros)
    {
        Assert.True(Money.TryParse(text, out Money money));
        Assert.Equal(micros, money.Micros);
    }

    [Fact]
    public void Amounts_are_written_with_the_decimals_people_expect()
    {
        Assert.Equal("1.250 kWh", new Energy(1250).ToString());
        Assert.Equal("-0.001 kWh", new Energy(-1).ToString());
        Assert.Equal("4.600 kW", new Power(4600).ToString());
        Assert.Equal("0.2150 €/kWh", new Price(215_000).ToString());
        Assert.Equal("0.215001 €/kWh", new Price(215_001).ToString());
        Assert.Equal("12.50 €", new Money(12_500_000).ToString());
        Assert.Equal("-9223372036854.775808 €", new Money(long.MinValue).ToString());
        Assert.Equal("12.500000", new Money(12_500_000).ToDecimal());
    }

    [Fact]
    public void A_currency_is_known_by_its_code()
    {
        Assert.Equal("€", Currency.FromCode("EUR").Symbol);
        Assert.Equal(new Currency("SEK", "SEK"), Currency.FromCode("SEK"));
        Assert.StartsWith("'euro' is not a currency code", Assert.Throws<ArgumentException>(() => Currency.FromCode("euro")).Message, StringComparison.Ordinal);
    }
}
