using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <summary>A period's market opened: orders may be placed.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Gate">When the gate closes.</param>
public readonly record struct ListingOpened(Instant Delivery, Instant Gate) : IEvent<ListingOpened>
{
    /// <inheritdoc/>
    public static string Name => "market.opened";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        writer.Instant(Gate);
    }

    /// <inheritdoc/>
    public static ListingOpened Read(ref CanonicalReader reader) => new(reader.Instant(), reader.Instant());
}

/// <summary>An order was placed, or took the place of another.</summary>
/// <param name="Key">Period, member and label.</param>
/// <param name="Order">The order.</param>
public readonly record struct OrderPlaced(OrderKey Key, PlacedOrder Order) : IEvent<OrderPlaced>
{
    /// <inheritdoc/>
    public static string Name => "market.order-placed";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Key.Write(ref writer);
        Order.Write(ref writer);
    }

    /// <inheritdoc/>
    public static OrderPlaced Read(ref CanonicalReader reader) => new(OrderKey.Read(ref reader), PlacedOrder.Read(ref reader));
}

/// <summary>An order was withdrawn.</summary>
/// <param name="Key">Period, member and label.</param>
public readonly record struct OrderWithdrawn(OrderKey Key) : IEvent<OrderWithdrawn>
{
    /// <inheritdoc/>
    public static string Name => "market.order-withdrawn";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => Key.Write(ref writer);

    /// <inheritdoc/>
    public static OrderWithdrawn Read(ref CanonicalReader reader) => new(OrderKey.Read(ref reader));
}

/// <summary>Trades were cut, because together they exceeded what the network may carry.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Limit">The DSO's limit.</param>
/// <param name="Before">The energy traded before.</param>
/// <param name="After">The energy traded after.</param>
public readonly record struct TradesCurtailed(Instant Delivery, Power Limit, Energy Before, Energy After) : IEvent<TradesCurtailed>
{
    /// <inheritdoc/>
    public static string Name => "market.curtailed";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        writer.Int64(Limit.Watts);
        writer.Int64(Before.WattHours);
        writer.Int64(After.WattHours);
    }

    /// <inheritdoc/>
    public static TradesCurtailed Read(ref CanonicalReader reader) =>
        new(reader.Instant(), new Power(reader.Int64()), new Energy(reader.Int64()), new Energy(reader.Int64()));
}

/// <summary>The gate closed and the market cleared.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Price">The one price, or null where each pair has its own or nothing trades.</param>
/// <param name="Trades">The trades.</param>
public sealed record MarketCleared(Instant Delivery, Price? Price, TradeList Trades) : IEvent<MarketCleared>
{
    /// <inheritdoc/>
    public static string Name => "market.cleared";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        writer.Boolean(Price is not null);
        writer.Int64((Price ?? Commonwatt.Price.Zero).MicrosPerKilowattHour);
        Trades.Write(ref writer);
    }

    /// <inheritdoc/>
    public static MarketCleared Read(ref CanonicalReader reader)
    {
        Instant delivery = reader.Instant();
        bool hasPrice = reader.Boolean();
        var price = new Price(reader.Int64());
        return new MarketCleared(delivery, hasPrice ? price : null, TradeList.Read(ref reader));
    }
}

/// <summary>A period was settled.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Retail">The utility's price.</param>
/// <param name="FeedIn">What the utility pays.</param>
/// <param name="Trades">The trades; those of a sharing rule are made here.</param>
/// <param name="Metered">What each member's meter counted, or what stood in for it.</param>
/// <param name="Lines">Who paid whom what for what.</param>
public sealed record PeriodSettled(
    Instant Delivery, Price Retail, Price FeedIn, TradeList Trades, MeteredEnergy[] Metered, IReadOnlyList<SettlementLine> Lines) : IEvent<PeriodSettled>
{
    /// <inheritdoc/>
    public static string Name => "market.settled";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        writer.Int64(Retail.MicrosPerKilowattHour);
        writer.Int64(FeedIn.MicrosPerKilowattHour);
        Trades.Write(ref writer);
        LineCodec.Write(ref writer, Metered);
        LineCodec.Write(ref writer, Lines);
    }

    /// <inheritdoc/>
    public static PeriodSettled Read(ref CanonicalReader reader) => new(
        reader.Instant(),
        new Price(reader.Int64()),
        new Price(reader.Int64()),
        TradeList.Read(ref reader),
        LineCodec.ReadMetered(ref reader),
        LineCodec.ReadLines(ref reader));
}

/// <summary>Late readings changed a settled period: what differs is booked beside what was.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Metered">The late readings.</param>
/// <param name="Lines">The differences.</param>
public sealed record PeriodCorrected(Instant Delivery, MeteredEnergy[] Metered, IReadOnlyList<SettlementLine> Lines) : IEvent<PeriodCorrected>
{
    /// <inheritdoc/>
    public static string Name => "market.corrected";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(Delivery);
        LineCodec.Write(ref writer, Metered);
        LineCodec.Write(ref writer, Lines);
    }

    /// <inheritdoc/>
    public static PeriodCorrected Read(ref CanonicalReader reader) =>
        new(reader.Instant(), LineCodec.ReadMetered(ref reader), LineCodec.ReadLines(ref reader));
}

/// <summary>A member's invoice: the sums of his lines of the deliveries from one time up to another.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Until">The end of the invoice: deliveries before it are on it.</param>
/// <param name="Invoice">The sums.</param>
public sealed record InvoiceIssued(MemberId Member, Instant Until, OpenInvoice Invoice) : IEvent<InvoiceIssued>
{
    /// <inheritdoc/>
    public static string Name => "market.invoice-issued";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Member.Value);
        writer.Instant(Until);
        Invoice.Write(ref writer);
    }

    /// <inheritdoc/>
    public static InvoiceIssued Read(ref CanonicalReader reader) =>
        new(new MemberId(reader.UInt32()), reader.Instant(), OpenInvoice.Read(ref reader));
}
