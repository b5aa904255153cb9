using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;
using Commonwatt.Markets.Sharing;

namespace Commonwatt.Contracts.Governance;

/// <summary>The rules a community trades by, for deliveries from some time on.</summary>
/// <param name="PeriodLength">How long a delivery period is: 5, 10, 15, 30 or 60 minutes.</param>
/// <param name="ListingLead">How long before delivery orders may first be placed.</param>
/// <param name="GateLead">How long before delivery the gate closes.</param>
/// <param name="ReadingDeadline">How long after delivery readings may come in before estimates stand in for them.</param>
/// <param name="CorrectionWindow">How long after delivery a late reading still makes a correction.</param>
/// <param name="Mechanism">The name of the mechanism that clears, or of the rule that shares.</param>
/// <param name="Rationing">How equal prices at the margin share.</param>
/// <param name="ReverseAuction">What a reverse auction pays.</param>
/// <param name="Imbalance">The rule for deviations.</param>
/// <param name="ShortfallPenalty">What a seller pays the community fund for each kWh sold and not delivered.</param>
/// <param name="LocalGridFee">What the DSO gets for each kWh traded inside the community.</param>
/// <param name="SharingKey">How a surplus is shared where there are no orders: <c>dynamic</c>, <c>static</c> or <c>tiered</c>.</param>
/// <param name="FixedPrice">The price of shared energy, or null for the middle between what a buyer pays the utility, less the local grid fee, and what a seller gets from it.</param>
public sealed record MarketParameters(
    TimeSpan PeriodLength,
    TimeSpan ListingLead,
    TimeSpan GateLead,
    TimeSpan ReadingDeadline,
    TimeSpan CorrectionWindow,
    string Mechanism,
    Rationing Rationing,
    ReverseAuctionPayment ReverseAuction,
    ImbalanceRule Imbalance,
    Price ShortfallPenalty,
    Price LocalGridFee,
    string SharingKey,
    Price? FixedPrice) : ICanonical<MarketParameters>
{
    private const long MostMilliseconds = 1_000_000_000_000;

    /// <summary>Whether energy is shared by a rule after delivery, instead of traded by orders before it.</summary>
    public bool IsSharing => IsSharingRule(Mechanism);

    /// <summary>The names of the keys that share a surplus.</summary>
    public static IReadOnlyList<string> SharingKeys { get; } = ["dynamic", "static", "tiered"];

    /// <summary>The parameters of a call.</summary>
    public static MarketParameters From(SetParameters call) => new(
        Minutes(call.PeriodMinutes),
        Milliseconds(call.ListingLeadMs),
        Milliseconds(call.GateLeadMs),
        Milliseconds(call.ReadingDeadlineMs),
        Milliseconds(call.CorrectionWindowMs),
        call.Mechanism,
        call.RationsProRata ? Rationing.ProRata : Rationing.Arrival,
        call.PaysUniform ? ReverseAuctionPayment.Uniform : ReverseAuctionPayment.PayAsOffered,
        call.Imbalance == Wire.Imbalance.Utility ? ImbalanceRule.Utility : ImbalanceRule.Pooled,
        new Price(call.ShortfallPenalty),
        new Price(call.LocalGridFee),
        call.SharingKey,
        call.HasFixedPrice ? new Price(call.FixedPrice) : null);

    /// <summary>Whether a community can trade by these, or what is wrong with them.</summary>
    public Outcome Check()
    {
        if (!DeliveryPeriod.IsLength(PeriodLength))
        {
            return Wrong($"A delivery period lasts 5, 10, 15, 30 or 60 minutes, not {PeriodLength.Ticks / TimeSpan.TicksPerMinute}.");
        }

        if (GateLead < TimeSpan.Zero || ListingLead <= GateLead || ListingLead > CommunityLimits.LongestLead)
        {
            return Wrong($"Orders open before the gate closes, the gate closes before delivery, and both within 7 days: they are given as {ListingLead} and {GateLead} before delivery.");
        }

        if (ReadingDeadline <= TimeSpan.Zero || ReadingDeadline > CommunityLimits.LongestDeadline)
        {
            return Wrong($"Readings are due some time after delivery, for they come after it, and within 30 days, not {ReadingDeadline}.");
        }

        if (CorrectionWindow < ReadingDeadline || CorrectionWindow > CommunityLimits.LongestCorrectionWindow)
        {
            return Wrong($"Late readings make corrections for some time after the deadline and for 400 days at most, not {CorrectionWindow}.");
        }

        if (!IsSharing && !Mechanisms.Names.Contains(Mechanism))
        {
            return Wrong($"'{Mechanism}' is no mechanism: choose one of {string.Join(", ", Mechanisms.Names)}, {NearestNeighbour.Name}, {SurplusSharing.Name}.");
        }

        if (!SharingKeys.Contains(SharingKey))
        {
            return Wrong($"'{SharingKey}' is no sharing key: choose one of {string.Join(", ", SharingKeys)}.");
        }

        return CheckPrices();
    }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(PeriodLength.Ticks);
        writer.Int64(ListingLead.Ticks);
        writer.Int64(GateLead.Ticks);
        writer.Int64(ReadingDeadline.Ticks);
        writer.Int64(CorrectionWindow.Ticks);
        writer.Text(Mechanism);
        writer.Byte((byte)Rationing);
        writer.Byte((byte)ReverseAuction);
        writer.Byte((byte)Imbalance);
        writer.Int64(ShortfallPenalty.MicrosPerKilowattHour);
        writer.Int64(LocalGridFee.MicrosPerKilowattHour);
        writer.Text(SharingKey);
        writer.Boolean(FixedPrice is not null);
        writer.Int64((FixedPrice ?? Price.Zero).MicrosPerKilowattHour);
    }

    /// <inheritdoc/>
    public static MarketParameters Read(ref CanonicalReader reader)
    {
        var read = new MarketParameters(
            new TimeSpan(reader.Int64()),
            new TimeSpan(reader.Int64()),
            new TimeSpan(reader.Int64()),
            new TimeSpan(reader.Int64()),
            new TimeSpan(reader.Int64()),
            reader.Text(),
            (Rationing)reader.Byte(),
            (ReverseAuctionPayment)reader.Byte(),
            (ImbalanceRule)reader.Byte(),
            new Price(reader.Int64()),
            new Price(reader.Int64()),
            reader.Text(),
            FixedPrice: null);
        bool hasFixedPrice = reader.Boolean();
        var fixedPrice = new Price(reader.Int64());
        return hasFixedPrice ? read with { FixedPrice = fixedPrice } : read;
    }

    private static bool IsSharingRule(string mechanism) =>
        string.Equals(mechanism, NearestNeighbour.Name, StringComparison.Ordinal)
        || string.Equals(mechanism, SurplusSharing.Name, StringComparison.Ordinal);

    private static TimeSpan Minutes(uint minutes) => new(minutes * TimeSpan.TicksPerMinute);

    // Whatever is beyond a time span is beyond every limit below, too, and gets their sentences.
    private static TimeSpan Milliseconds(long milliseconds) =>
        new(long.Clamp(milliseconds, -MostMilliseconds, MostMilliseconds) * TimeSpan.TicksPerMillisecond);

    private static Outcome Wrong(string sentence) => Outcome.Refused("wrong-parameters", sentence);

    private Outcome CheckPrices()
    {
        foreach ((string name, Price price) in (ReadOnlySpan<(string, Price)>)
            [("The shortfall penalty", ShortfallPenalty), ("The local grid fee", LocalGridFee), ("The fixed price", FixedPrice ?? Price.Zero)])
        {
            if (price.IsNegative || price > CommunityLimits.HighestPrice)
            {
                return Wrong($"{name} is {price.ToDecimal()} a kWh: it must be 0 to {CommunityLimits.HighestPrice.ToDecimal()}.");
            }
        }

        return Outcome.Done;
    }
}
