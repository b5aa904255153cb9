namespace Commonwatt;

/// <summary>A currency by its ISO 4217 code, with the symbol people read.</summary>
/// <param name="Code">Three capital letters, such as <c>EUR</c>.</param>
/// <param name="Symbol">What stands beside an amount, such as <c>€</c>.</param>
public sealed record Currency(string Code, string Symbol)
{
    /// <summary>The euro.</summary>
    public static readonly Currency Euro = new("EUR", "€");

    /// <summary>The currencies that have a symbol of their own.</summary>
    public static IReadOnlyList<Currency> Known { get; } =
    [
        Euro,
        new("USD", "$"),
        new("GBP", "£"),
        new("AUD", "A$"),
        new("CHF", "CHF"),
        new("JPY", "¥"),
        new("INR", "₹"),
    ];

    /// <summary>The currency with this code; one without a symbol of its own is shown by its code.</summary>
    /// <param name="code">Three capital letters.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not three capital letters.</exception>
    public static Currency FromCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
        {
            throw new ArgumentException($"'{code}' is not a currency code: three capital letters are expected, such as EUR.", nameof(code));
        }

        return Known.FirstOrDefault(currency => string.Equals(currency.Code, code, StringComparison.Ordinal)) ?? new Currency(code, code);
    }
}
