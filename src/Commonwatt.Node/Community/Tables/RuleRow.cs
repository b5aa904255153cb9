namespace Commonwatt.Node.Community.Tables;

/// <summary>A row of the table <c>parameters</c>: the rules for deliveries from a time on.</summary>
internal sealed record RuleRow
{
    /// <summary>The columns, in SQL.</summary>
    public const string Columns =
        """
        from_time AS FromTime, period_ms AS PeriodMs, listing_lead_ms AS ListingLeadMs, gate_lead_ms AS GateLeadMs, deadline_ms AS DeadlineMs, window_ms AS WindowMs,
        mechanism AS Mechanism, rationing AS Rationing, reverse_auction AS ReverseAuction, imbalance AS Imbalance, shortfall_penalty AS ShortfallPenalty,
        local_grid_fee AS LocalGridFee, sharing_key AS SharingKey, fixed_price AS FixedPrice, announced_at AS AnnouncedAt, height AS Height
        """;

    /// <summary>From when on, ms since 1970.</summary>
    public long FromTime { get; init; }

    /// <summary>How long a period lasts, ms.</summary>
    public long PeriodMs { get; init; }

    /// <summary>How long before delivery its market opens, ms.</summary>
    public long ListingLeadMs { get; init; }

    /// <summary>How long before delivery its gate closes, ms.</summary>
    public long GateLeadMs { get; init; }

    /// <summary>How long after delivery readings count, ms.</summary>
    public long DeadlineMs { get; init; }

    /// <summary>How long after delivery corrections are made, ms.</summary>
    public long WindowMs { get; init; }

    /// <summary>The mechanism that clears.</summary>
    public string Mechanism { get; init; } = "";

    /// <summary>0 by arrival, 1 pro rata.</summary>
    public long Rationing { get; init; }

    /// <summary>0 as offered, 1 uniform.</summary>
    public long ReverseAuction { get; init; }

    /// <summary>0 pooled, 1 utility.</summary>
    public long Imbalance { get; init; }

    /// <summary>Micro-currency per kWh.</summary>
    public long ShortfallPenalty { get; init; }

    /// <summary>Micro-currency per kWh.</summary>
    public long LocalGridFee { get; init; }

    /// <summary>How a surplus is shared.</summary>
    public string SharingKey { get; init; } = "";

    /// <summary>The price of shared energy, where it is fixed.</summary>
    public long? FixedPrice { get; init; }

    /// <summary>When they were announced.</summary>
    public long AnnouncedAt { get; init; }

    /// <summary>In which block.</summary>
    public long Height { get; init; }

    /// <summary>The rules in force at a time, or null before there were any.</summary>
    public static RuleRow? At(TableSnapshot tables, Instant time) =>
        tables.Find<RuleRow>($"SELECT {Columns} FROM parameters WHERE from_time <= @at ORDER BY from_time DESC LIMIT 1", new { at = time.UnixMilliseconds });
}

/// <summary>A row of the table <c>tariffs</c>: the utility's prices from a time on.</summary>
internal sealed record TariffRow
{
    /// <summary>The columns, in SQL.</summary>
    public const string Columns = "from_time AS FromTime, retail AS Retail, feed_in AS FeedIn";

    /// <summary>From when on, ms since 1970.</summary>
    public long FromTime { get; init; }

    /// <summary>What the utility charges, micro-currency per kWh.</summary>
    public long Retail { get; init; }

    /// <summary>What it pays, micro-currency per kWh.</summary>
    public long FeedIn { get; init; }

    /// <summary>The tariff in force at a time, or null before there was any.</summary>
    public static TariffRow? At(TableSnapshot tables, Instant time) =>
        tables.Find<TariffRow>($"SELECT {Columns} FROM tariffs WHERE from_time <= @at ORDER BY from_time DESC LIMIT 1", new { at = time.UnixMilliseconds });

    /// <summary>The tariffs in force within a range, by time: the one that holds at its start, and those that begin in it.</summary>
    public static IReadOnlyList<TariffRow> Within(TableSnapshot tables, Instant from, Instant to) => tables.Query<TariffRow>(
        $"""
        SELECT {Columns} FROM tariffs
        WHERE from_time < @to AND from_time >= COALESCE((SELECT MAX(from_time) FROM tariffs WHERE from_time <= @from), 0)
        ORDER BY from_time
        """,
        new { from = from.UnixMilliseconds, to = to.UnixMilliseconds });
}
