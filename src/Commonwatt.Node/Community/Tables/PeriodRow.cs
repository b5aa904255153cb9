namespace Commonwatt.Node.Community.Tables;

/// <summary>A row of the table <c>periods</c>.</summary>
internal sealed record PeriodRow
{
    /// <summary>The columns, in SQL.</summary>
    public const string Columns =
        """
        delivery AS Delivery, length_ms AS LengthMs, opened_at AS OpenedAt, gate_at AS GateAt, deadline_at AS DeadlineAt, is_sharing AS IsSharing, phase AS Stage,
        cleared_at AS ClearedAt, price AS OnePrice, traded_wh AS TradedWh, traded_amount AS TradedAmount, orders AS Orders, trades AS Trades, limit_w AS LimitW,
        before_wh AS BeforeWh, after_wh AS AfterWh, settled_at AS SettledAt, retail AS Retail, feed_in AS FeedIn, drawn_wh AS DrawnWh, fed_wh AS FedWh,
        estimates AS Estimates, corrected_at AS CorrectedAt, settled_height AS SettledHeight, settled_event AS SettledEvent
        """;

    /// <summary>The start of delivery, ms since 1970.</summary>
    public long Delivery { get; init; }

    /// <summary>How long it lasts, ms.</summary>
    public long LengthMs { get; init; }

    /// <summary>When its market opened.</summary>
    public long OpenedAt { get; init; }

    /// <summary>When its gate closes.</summary>
    public long GateAt { get; init; }

    /// <summary>Until when readings count.</summary>
    public long DeadlineAt { get; init; }

    /// <summary>1 where energy is shared without orders.</summary>
    public long IsSharing { get; init; }

    /// <summary>What the ledger last did: <c>open</c>, <c>cleared</c>, <c>settled</c>, <c>corrected</c>.</summary>
    public string Stage { get; init; } = "";

    /// <summary>When the market cleared.</summary>
    public long? ClearedAt { get; init; }

    /// <summary>The one price of all trades, where there is one.</summary>
    public long? OnePrice { get; init; }

    /// <summary>The energy traded.</summary>
    public long TradedWh { get; init; }

    /// <summary>What was paid for it.</summary>
    public long TradedAmount { get; init; }

    /// <summary>How many orders stood at the gate.</summary>
    public long Orders { get; init; }

    /// <summary>How many trades there are.</summary>
    public long Trades { get; init; }

    /// <summary>The limit that cut trades.</summary>
    public long? LimitW { get; init; }

    /// <summary>The energy traded before they were cut.</summary>
    public long? BeforeWh { get; init; }

    /// <summary>The energy traded after.</summary>
    public long? AfterWh { get; init; }

    /// <summary>When it settled.</summary>
    public long? SettledAt { get; init; }

    /// <summary>The utility's price it settled at.</summary>
    public long? Retail { get; init; }

    /// <summary>The feed-in tariff it settled at.</summary>
    public long? FeedIn { get; init; }

    /// <summary>What members drew from the grid, each by his own meter.</summary>
    public long? DrawnWh { get; init; }

    /// <summary>What members fed into it.</summary>
    public long? FedWh { get; init; }

    /// <summary>For how many members an estimate stands in.</summary>
    public long Estimates { get; init; }

    /// <summary>When it was corrected last.</summary>
    public long? CorrectedAt { get; init; }

    /// <summary>The block it settled in.</summary>
    public long? SettledHeight { get; init; }

    /// <summary>The event of its settlement.</summary>
    public long? SettledEvent { get; init; }

    /// <summary>The start of delivery.</summary>
    public Instant Start => new(Delivery);

    /// <summary>The end of delivery.</summary>
    public Instant End => new(Delivery + LengthMs);

    /// <summary>How long it lasts.</summary>
    public TimeSpan Length => TimeSpan.FromMilliseconds(LengthMs);

    /// <summary>The price inside the community, micro-currency per kWh: the one price, or where each trade has its own the mean by energy; null where nothing traded.</summary>
    public long? Price => OnePrice ?? (TradedWh > 0 ? (long)((Int128)TradedAmount * 1000 / TradedWh) : null);

    /// <summary>Where the period is in its life.</summary>
    /// <param name="now">The community's time.</param>
    public string PhaseAt(Instant now) => Stage switch
    {
        "open" => now.UnixMilliseconds < GateAt ? "open" : "gate",
        "cleared" when now < Start => IsSharing != 0 ? "open" : "cleared",
        "cleared" => now < End ? "delivering" : "awaiting-readings",
        _ => Stage,
    };
}
