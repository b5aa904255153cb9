using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts.Governance;

/// <summary>What the utility charges and pays, from some time on.</summary>
/// <param name="Retail">The price of a kWh from the utility.</param>
/// <param name="FeedIn">The price of a kWh to the utility; negative where members pay to be rid of it.</param>
public readonly record struct TariffRates(Price Retail, Price FeedIn) : ICanonical<TariffRates>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(Retail.MicrosPerKilowattHour);
        writer.Int64(FeedIn.MicrosPerKilowattHour);
    }

    /// <inheritdoc/>
    public static TariffRates Read(ref CanonicalReader reader) => new(new Price(reader.Int64()), new Price(reader.Int64()));
}
