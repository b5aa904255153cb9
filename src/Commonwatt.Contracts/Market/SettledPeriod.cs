using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <summary>All that a settlement was made from, kept while late readings may still correct it.</summary>
/// <param name="PeriodLength">How long the period was.</param>
/// <param name="Terms">The prices and rules it was settled by.</param>
/// <param name="Trades">Its trades.</param>
/// <param name="Metered">What each member's meter counted, or what stands in for it.</param>
public sealed record SettledPeriod(TimeSpan PeriodLength, SettlementTerms Terms, TradeList Trades, MeteredEnergy[] Metered) : ICanonical<SettledPeriod>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(PeriodLength.Ticks);
        writer.Int64(Terms.Retail.MicrosPerKilowattHour);
        writer.Int64(Terms.FeedIn.MicrosPerKilowattHour);
        writer.Int64(Terms.LocalGridFee.MicrosPerKilowattHour);
        writer.Byte((byte)Terms.Imbalance);
        writer.Int64(Terms.ShortfallPenalty.MicrosPerKilowattHour);
        Trades.Write(ref writer);
        LineCodec.Write(ref writer, Metered);
    }

    /// <inheritdoc/>
    public static SettledPeriod Read(ref CanonicalReader reader) => new(
        new TimeSpan(reader.Int64()),
        new SettlementTerms(
            new Price(reader.Int64()),
            new Price(reader.Int64()),
            new Price(reader.Int64()),
            (ImbalanceRule)reader.Byte(),
            new Price(reader.Int64())),
        TradeList.Read(ref reader),
        LineCodec.ReadMetered(ref reader));
}
