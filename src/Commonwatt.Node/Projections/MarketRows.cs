using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Market;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Projections;

/// <summary>Periods, orders, trades, settlement lines, invoices.</summary>
/// <param name="book">The community.</param>
/// <param name="session">Where rows go.</param>
/// <param name="money">The accounts.</param>
/// <param name="changes">Told which periods and listings changed.</param>
internal sealed class MarketRows(CommunityBook book, ProjectionSession session, MoneyRows money, ProjectionChanges changes)
{
    /// <summary>A period's market opened.</summary>
    public void Open(ListingOpened opened, EventPlace place)
    {
        MarketParameters rules = book.ParametersAt(opened.Delivery);
        var period = new BookPeriod
        {
            Delivery = opened.Delivery,
            Length = rules.PeriodLength,
            OpenedAt = place.Time,
            Gate = opened.Gate,
            Deadline = opened.Delivery + rules.PeriodLength + rules.ReadingDeadline,
            IsSharing = rules.IsSharing,
            Mechanism = rules.Mechanism,
            LocalGridFee = rules.LocalGridFee,
            OpenedHeight = place.Height,
            Phase = rules.IsSharing ? "cleared" : "open",
        };
        book.Periods.Add(opened.Delivery, period);
        Put(period);
    }

    /// <summary>An order was placed, or took the place of another.</summary>
    public void PlaceOrder(OrderPlaced placed, EventPlace place)
    {
        BookPeriod period = book.Periods[placed.Key.Delivery];
        (long Member, long Label) key = (placed.Key.Member.Value, placed.Key.Label);
        Money before = Money.Zero;
        if (period.Orders.TryGetValue(key, out BookOrder? replaced))
        {
            before = replaced.Locked;
            session.Put(ProjectedTables.Orders, replaced.Row(period.Delivery, key.Member, key.Label, "replaced", place.Time));
        }

        long version = period.Versions.GetValueOrDefault(key) + 1;
        period.Versions[key] = version;
        PlacedOrder given = placed.Order;
        var order = new BookOrder(version, given.Side, given.Quantity, given.LimitPrice, given.Sequence, given.Locked, place.Time, place.Height, place.Event, place.Receipt);
        period.Orders[key] = order;
        session.Put(ProjectedTables.Orders, order.Row(period.Delivery, key.Member, key.Label, "open", closedAt: null));
        money.Lock(key.Member, given.Locked - before);
        changes.OrderedDeliveries.Add(period.Delivery.UnixMilliseconds);
    }

    /// <summary>An order was withdrawn.</summary>
    public void WithdrawOrder(OrderWithdrawn withdrawn, EventPlace place)
    {
        BookPeriod period = book.Periods[withdrawn.Key.Delivery];
        (long Member, long Label) key = (withdrawn.Key.Member.Value, withdrawn.Key.Label);
        period.Orders.Remove(key, out BookOrder? order);
        session.Put(ProjectedTables.Orders, order!.Row(period.Delivery, key.Member, key.Label, "withdrawn", place.Time));
        money.Lock(key.Member, -order.Locked);
        changes.OrderedDeliveries.Add(period.Delivery.UnixMilliseconds);
    }

    /// <summary>The DSO's limit cut trades.</summary>
    public void Curtail(TradesCurtailed curtailed) =>
        book.Periods[curtailed.Delivery].Curtailed = (curtailed.Limit, curtailed.Before, curtailed.After);

    /// <summary>The gate closed and the market cleared: what orders set aside is released, and what trades cost stays aside.</summary>
    public void Clear(MarketCleared cleared, EventPlace place)
    {
        BookPeriod period = book.Periods[cleared.Delivery];
        period.Phase = "cleared";
        period.Cleared = (place.Time, place.Height, place.Event);
        period.Price = cleared.Price;
        OrderFills.Fill(period, cleared.Trades.Trades);
        foreach (((long member, long label), BookOrder order) in period.Orders)
        {
            session.Put(ProjectedTables.Orders, order.Row(period.Delivery, member, label, OrderFills.StateOf(order), place.Time));
            money.Lock(member, -order.Locked);
        }

        Trade(period, cleared.Trades.Trades, place);
        LockCosts(period, cleared.Trades.Trades, isReleased: false);
        Put(period);
    }

    /// <summary>A period was settled.</summary>
    public void Settle(PeriodSettled settled, EventPlace place)
    {
        book.Periods.Remove(settled.Delivery, out BookPeriod? period);
        if (period!.IsSharing)
        {
            Trade(period, settled.Trades.Trades, place);
            period.Price = settled.Trades.Trades is [var first, ..] ? first.Price : null;
        }
        else
        {
            LockCosts(period, settled.Trades.Trades, isReleased: true);
        }

        Energy drawn = Energy.Zero;
        Energy fed = Energy.Zero;
        int estimates = 0;
        foreach (MeteredEnergy metered in settled.Metered)
        {
            session.Put(ProjectedTables.Metered, settled.Delivery, metered.Member.Value, metered.Net, metered.Estimated, false);
            drawn += Energy.Max(metered.Net, Energy.Zero);
            fed += Energy.Max(-metered.Net, Energy.Zero);
            estimates += metered.Estimated ? 1 : 0;
        }

        money.Settle(settled.Delivery, settled.Lines, place);
        period.Phase = "settled";
        Put(period, new SettledFigures(place.Time, place.Height, place.Event, settled.Retail, settled.FeedIn, drawn, fed, estimates));
    }

    /// <summary>Late readings changed a settled period.</summary>
    public void Correct(PeriodCorrected corrected, EventPlace place)
    {
        money.Settle(corrected.Delivery, corrected.Lines, place);
        foreach (MeteredEnergy metered in corrected.Metered)
        {
            session.Put(ProjectedTables.Metered, corrected.Delivery, metered.Member.Value, metered.Net, metered.Estimated, true);
        }

        session.Execute(
            """
            UPDATE periods SET phase = 'corrected', corrected_at = @at,
              drawn_wh = (SELECT CAST(COALESCE(SUM(net_wh), 0) AS BIGINT) FROM metered WHERE delivery = @delivery AND net_wh > 0),
              fed_wh = (SELECT CAST(COALESCE(-SUM(net_wh), 0) AS BIGINT) FROM metered WHERE delivery = @delivery AND net_wh < 0),
              estimates = (SELECT COUNT(*) FROM metered WHERE delivery = @delivery AND is_estimated = 1)
            WHERE delivery = @delivery
            """,
            new { at = place.Time.UnixMilliseconds, delivery = corrected.Delivery.UnixMilliseconds });
        changes.Periods[corrected.Delivery.UnixMilliseconds] = Corrected(corrected.Delivery);
    }

    /// <summary>A member's invoice was issued.</summary>
    public void Issue(InvoiceIssued issued, ReadOnlyMemory<byte> content, EventPlace place) => session.Put(
        ProjectedTables.InvoicesIssued,
        issued.Member.Value,
        place.Height,
        place.Event,
        issued.Invoice.From,
        issued.Until,
        issued.Invoice.Total,
        place.Time,
        content);

    private void Trade(BookPeriod period, MemberTrade[] trades, EventPlace place)
    {
        for (int index = 0; index < trades.Length; index++)
        {
            MemberTrade trade = trades[index];
            session.Put(
                ProjectedTables.Trades, period.Delivery, index, trade.Buyer.Value, trade.Seller.Value, trade.Quantity, trade.Price, trade.Amount, place.Height, place.Event);
            period.Traded += trade.Quantity;
            period.TradedAmount += trade.Amount;
        }

        period.Trades = trades.Length;
    }

    // What a trade costs its buyer, the fee for the grid included, stays aside from clearing to settlement.
    private void LockCosts(BookPeriod period, MemberTrade[] trades, bool isReleased)
    {
        foreach (MemberTrade trade in trades)
        {
            Money cost = trade.Amount + trade.Quantity.At(period.LocalGridFee);
            money.Lock(trade.Buyer.Value, isReleased ? -cost : cost);
        }
    }

    private PeriodChange Corrected(Instant delivery)
    {
        PeriodFacts facts = session.Query<PeriodFacts>(
            "SELECT length_ms AS LengthMs, gate_at AS GateAt, price AS Price, traded_wh AS TradedWh FROM periods WHERE delivery = @delivery",
            new { delivery = delivery.UnixMilliseconds })[0];
        return new PeriodChange(
            delivery,
            TimeSpan.FromMilliseconds(facts.LengthMs),
            new Instant(facts.GateAt),
            "corrected",
            facts.Price is { } price ? new Price(price) : null,
            new Energy(facts.TradedWh));
    }

    private void Put(BookPeriod period, SettledFigures? settled = null)
    {
        session.Put(ProjectedTables.Periods, period.Row(settled));
        changes.Periods[period.Delivery.UnixMilliseconds] = period.Change;
    }

    private sealed record PeriodFacts
    {
        public long LengthMs { get; init; }

        public long GateAt { get; init; }

        public long? Price { get; init; }

        public long TradedWh { get; init; }
    }
}
