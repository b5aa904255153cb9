using System.Globalization;
using System.Net;

namespace Commonwatt.Simulation.Reports;

/// <summary>Numbers as people read them, and any text as HTML.</summary>
/// <remarks>A space that does not break keeps a number and its unit on one line.</remarks>
internal static class Say
{
    /// <summary>Text that may hold anything, as HTML.</summary>
    public static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>An amount with two decimals and the currency: <c>1,234.50 €</c>.</summary>
    public static string Money(Money money, Currency currency) => $"{Bare(money)}\u00A0{currency.Symbol}";

    /// <summary>An amount with two decimals: <c>1,234.50</c>; a minus sign is a real one.</summary>
    public static string Bare(Money money) => Signed(Round(money.Micros, 1_000_000, 2), 2);

    /// <summary>A price with four decimals: <c>0.2150 €/kWh</c>.</summary>
    public static string Price(Price price, Currency currency) =>
        $"{Signed(Round(price.MicrosPerKilowattHour, 1_000_000, 4), 4)}\u00A0{currency.Symbol}/kWh";

    /// <summary>An energy in the unit that suits its size: <c>840 Wh</c>, <c>12.4 kWh</c>, <c>3.21 MWh</c>.</summary>
    public static string Energy(Energy energy) => Sized(energy.WattHours, "Wh");

    /// <summary>A power in the unit that suits its size: <c>840 W</c>, <c>12.4 kW</c>.</summary>
    public static string Power(Power power) => Sized(power.Watts, "W");

    /// <summary>An energy in kWh with one decimal, for columns: <c>1,234.5</c>.</summary>
    public static string KilowattHours(Energy energy) => Signed(Round(energy.WattHours, 1_000, 1), 1);

    /// <summary>A share in whole percent: <c>43%</c>; a dash where there is none.</summary>
    public static string Percent(double? share) =>
        share is { } value ? $"{Signed((decimal)Math.Round(value * 100), 0)}%" : "–";

    /// <summary>A whole number with separators: <c>35,040</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun: <c>1 member</c>, <c>24 members</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Sized(long value, string unit) => decimal.Abs(value) switch
    {
        >= 100_000_000 => $"{Signed(Round(value, 1_000_000, 0), 0)}\u00A0M{unit}",
        >= 1_000_000 => $"{Signed(Round(value, 1_000_000, 2), 2)}\u00A0M{unit}",
        >= 100_000 => $"{Signed(Round(value, 1_000, 0), 0)}\u00A0k{unit}",
        >= 1_000 => $"{Signed(Round(value, 1_000, 1), 1)}\u00A0k{unit}",
        _ => $"{Signed(value, 0)}\u00A0{unit}",
    };

    private static decimal Round(long value, decimal unit, int decimals) => decimal.Round(value / unit, decimals, MidpointRounding.AwayFromZero);

    private static string Signed(decimal value, int decimals)
    {
        string digits = decimal.Abs(value).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 ? "−" + digits : digits;
    }
}
