using Commonwatt.Contracts.Governance;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Projections;

/// <summary>A row of the table of rules.</summary>
internal sealed record ParametersRow
{
    /// <summary>All of them.</summary>
    public const string Query =
        """
        SELECT from_time AS FromTime, period_ms AS PeriodMs, listing_lead_ms AS ListingLeadMs, gate_lead_ms AS GateLeadMs, deadline_ms AS DeadlineMs, window_ms AS WindowMs,
          mechanism, rationing, reverse_auction AS ReverseAuction, imbalance, shortfall_penalty AS ShortfallPenalty, local_grid_fee AS LocalGridFee, sharing_key AS SharingKey,
          fixed_price AS FixedPrice, announced_at AS AnnouncedAt
        FROM parameters ORDER BY from_time
        """;

    public Instant FromTime { get; init; }

    public long PeriodMs { get; init; }

    public long ListingLeadMs { get; init; }

    public long GateLeadMs { get; init; }

    public long DeadlineMs { get; init; }

    public long WindowMs { get; init; }

    public string Mechanism { get; init; } = "";

    public long Rationing { get; init; }

    public long ReverseAuction { get; init; }

    public long Imbalance { get; init; }

    public long ShortfallPenalty { get; init; }

    public long LocalGridFee { get; init; }

    public string SharingKey { get; init; } = "";

    public long? FixedPrice { get; init; }

    public Instant AnnouncedAt { get; init; }

    /// <summary>The rules.</summary>
    public MarketParameters ToParameters() => new(
        TimeSpan.FromMilliseconds(PeriodMs),
        TimeSpan.FromMilliseconds(ListingLeadMs),
        TimeSpan.FromMilliseconds(GateLeadMs),
        TimeSpan.FromMilliseconds(DeadlineMs),
        TimeSpan.FromMilliseconds(WindowMs),
        Mechanism,
        (Rationing)Rationing,
        (ReverseAuctionPayment)ReverseAuction,
        (ImbalanceRule)Imbalance,
        new Price(ShortfallPenalty),
        new Price(LocalGridFee),
        SharingKey,
        FixedPrice is { } price ? new Price(price) : null);
}

/// <summary>A row of the table of periods that is not settled yet.</summary>
internal sealed record PeriodRow
{
    /// <summary>Those that are not settled.</summary>
    public const string QueryUnsettled =
        """
        SELECT delivery, length_ms AS LengthMs, opened_at AS OpenedAt, gate_at AS GateAt, deadline_at AS DeadlineAt, is_sharing AS IsSharing, mechanism, local_grid_fee AS LocalGridFee, phase,
          cleared_at AS ClearedAt, price, traded_wh AS TradedWh, traded_amount AS TradedAmount, trades, limit_w AS LimitW, before_wh AS BeforeWh, after_wh AS AfterWh,
          opened_height AS OpenedHeight, cleared_height AS ClearedHeight, cleared_event AS ClearedEvent
        FROM periods WHERE settled_at IS NULL
        """;

    public Instant Delivery { get; init; }

    public long LengthMs { get; init; }

    public Instant OpenedAt { get; init; }

    public Instant GateAt { get; init; }

    public Instant DeadlineAt { get; init; }

    public long IsSharing { get; init; }

    public string Mechanism { get; init; } = "";

    public long LocalGridFee { get; init; }

    public string Phase { get; init; } = "";

    public long? ClearedAt { get; init; }

    public long? Price { get; init; }

    public long TradedWh { get; init; }

    public long TradedAmount { get; init; }

    public long Trades { get; init; }

    public long? LimitW { get; init; }

    public long? BeforeWh { get; init; }

    public long? AfterWh { get; init; }

    public long OpenedHeight { get; init; }

    public long? ClearedHeight { get; init; }

    public long? ClearedEvent { get; init; }

    /// <summary>The period, without its orders.</summary>
    public BookPeriod ToPeriod() => new()
    {
        Delivery = Delivery,
        Length = TimeSpan.FromMilliseconds(LengthMs),
        OpenedAt = OpenedAt,
        Gate = GateAt,
        Deadline = DeadlineAt,
        IsSharing = IsSharing == 1,
        Mechanism = Mechanism,
        LocalGridFee = new Price(LocalGridFee),
        OpenedHeight = (ulong)OpenedHeight,
        Phase = Phase,
        Cleared = ClearedAt is { } at ? (new Instant(at), (ulong)ClearedHeight!.Value, (int)ClearedEvent!.Value) : null,
        Price = Price is { } price ? new Price(price) : null,
        Traded = new Energy(TradedWh),
        TradedAmount = new Money(TradedAmount),
        Trades = (int)Trades,
        Curtailed = LimitW is { } limit ? (new Power(limit), new Energy(BeforeWh!.Value), new Energy(AfterWh!.Value)) : null,
    };
}

/// <summary>A row of the table of orders.</summary>
internal sealed record OrderRow
{
    public Instant Delivery { get; init; }

    public long Member { get; init; }

    public long Label { get; init; }

    public long Version { get; init; }

    public string Side { get; init; } = "";

    public long QuantityWh { get; init; }

    public long Price { get; init; }

    public long Locked { get; init; }

    public string State { get; init; } = "";

    public long FilledWh { get; init; }

    public Instant PlacedAt { get; init; }

    public long Height { get; init; }

    public long Event { get; init; }

    public long Receipt { get; init; }

    /// <summary>The order.</summary>
    /// <param name="sequence">Its place in the order of arrival.</param>
    public BookOrder ToOrder(ulong sequence) => new(
        Version, Side == "buy" ? Markets.Side.Buy : Markets.Side.Sell, new Energy(QuantityWh), new Price(Price), sequence, new Money(Locked), PlacedAt, (ulong)Height, (int)Event, (int)Receipt)
    {
        Filled = new Energy(FilledWh),
    };
}
