using System.Security.Claims;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>A member's orders and trades.</summary>
internal sealed class TradingEndpoints(CommunityFacts facts, CommunityTables tables)
{
    private const string Tag = "Trading";

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me/orders", Orders).ForMembers<Page<OrderJson>>(Tag, "My orders by delivery");
        api.MapGet("/me/trades", Trades).ForMembers<Page<TradeJson>>(Tag, "My trades by delivery");
    }

    private IResult Orders(ClaimsPrincipal user, [AsParameters] RangeQuery query, [AsParameters] PageQuery page) => Me.Answer(user, member =>
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        string list = $"orders {member} {range}";
        if (page.After(list, 3, out long[]? after) is { } problem)
        {
            return problem;
        }

        // A replaced order is told of by the one that took its place.
        IReadOnlyList<OrderRow> rows = tables.Read(now => now.Query<OrderRow>(
            $"""
            SELECT o.delivery AS Delivery, o.label AS Label, o.version AS Version, o.side AS Side, o.quantity_wh AS QuantityWh, o.price AS Price, o.locked AS Locked, o.placed_at AS PlacedAt,
              o.state AS State, o.filled_wh AS FilledWh, t.id AS TransactionId, o.height AS Height, o.event AS Event
            FROM orders o LEFT JOIN transactions t ON t.height = o.height AND t.place = o.receipt AND t.is_scheduled = 0
            WHERE o.member = @member AND o.delivery >= @from AND o.delivery < @to AND o.state <> 'replaced'
              {(after is null ? "" : "AND (o.delivery, o.label, o.version) > (@delivery, @label, @version)")}
            ORDER BY o.delivery, o.label, o.version LIMIT @limit
            """,
            new
            {
                member,
                from = range.From.UnixMilliseconds,
                to = range.To.UnixMilliseconds,
                delivery = after?[0],
                label = after?[1],
                version = after?[2],
                limit = page.Count + 1,
            }));
        Page<OrderRow> shown = Page<OrderRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Delivery, row.Label, row.Version));
        return Results.Json(new Page<OrderJson>([.. shown.Items.Select(row => row.ToJson())], shown.Next));
    });

    private IResult Trades(ClaimsPrincipal user, [AsParameters] RangeQuery query, [AsParameters] PageQuery page) => Me.Answer(user, member =>
    {
        TimeRange range = query.Range(facts.Now, facts.Calendar);
        string list = $"trades {member} {range}";
        if (page.After(list, 3, out long[]? after) is { } problem)
        {
            return problem;
        }

        IReadOnlyList<TradeRow> rows = tables.Read(now => now.Query<TradeRow>(
            $"""
            SELECT Delivery, Place, Side, QuantityWh, Price, Amount, Counterparty, Height, Event FROM (
              SELECT delivery AS Delivery, place AS Place, 0 AS Side, quantity_wh AS QuantityWh, price AS Price, amount AS Amount, seller AS Counterparty, height AS Height, event AS Event
              FROM trades WHERE buyer = @member AND delivery >= @from AND delivery < @to
              UNION ALL
              SELECT delivery, place, 1, quantity_wh, price, amount, buyer, height, event FROM trades WHERE seller = @member AND delivery >= @from AND delivery < @to) AS mine
            {(after is null ? "" : "WHERE (Delivery, Place, Side) > (@delivery, @place, @side)")}
            ORDER BY Delivery, Place, Side LIMIT @limit
            """,
            new
            {
                member,
                from = range.From.UnixMilliseconds,
                to = range.To.UnixMilliseconds,
                delivery = after?[0],
                place = after?[1],
                side = after?[2],
                limit = page.Count + 1,
            }));
        Page<TradeRow> shown = Page<TradeRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Delivery, row.Place, row.Side));
        return Results.Json(new Page<TradeJson>([.. shown.Items.Select(row => row.ToJson())], shown.Next));
    });

    private sealed record OrderRow
    {
        public long Delivery { get; init; }

        public long Label { get; init; }

        public long Version { get; init; }

        public string Side { get; init; } = "";

        public long QuantityWh { get; init; }

        public long Price { get; init; }

        public long Locked { get; init; }

        public long PlacedAt { get; init; }

        public string State { get; init; } = "";

        public long FilledWh { get; init; }

        public byte[]? TransactionId { get; init; }

        public long Height { get; init; }

        public long Event { get; init; }

        public OrderJson ToJson() => new(
            new Instant(Delivery), Label, Side, QuantityWh, Price, Locked, new Instant(PlacedAt), State, FilledWh, TransactionId is null ? null : new Hash(TransactionId).ToString(), Height, Event);
    }

    private sealed record TradeRow
    {
        public long Delivery { get; init; }

        public long Place { get; init; }

        public long Side { get; init; }

        public long QuantityWh { get; init; }

        public long Price { get; init; }

        public long Amount { get; init; }

        public long Counterparty { get; init; }

        public long Height { get; init; }

        public long Event { get; init; }

        public TradeJson ToJson() => new(
            new Instant(Delivery), Side == 0 ? "buy" : "sell", QuantityWh, Price, Side == 0 ? -Amount : Amount, Counterparty, Transaction: null, Height, Event);
    }
}

/// <summary>An order.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Label">The member's own number for it, 1 to 16.</param>
/// <param name="Side"><c>buy</c> or <c>sell</c>.</param>
/// <param name="QuantityWh">How much.</param>
/// <param name="Price">The most to pay, or the least to get, micro-currency per kWh.</param>
/// <param name="Locked">What it set aside while it was open, micro-currency.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="State"><c>open</c>, <c>withdrawn</c>, <c>filled</c>, <c>partly-filled</c> or <c>not-filled</c>.</param>
/// <param name="FilledWh">How much of it traded.</param>
/// <param name="Transaction">The transaction that placed it.</param>
/// <param name="Block">The block it is in.</param>
/// <param name="EventIndex">The event in the block.</param>
internal sealed record OrderJson(
    Instant Delivery,
    long Label,
    string Side,
    long QuantityWh,
    long Price,
    long Locked,
    Instant PlacedAt,
    string State,
    long FilledWh,
    string? Transaction,
    long Block,
    long EventIndex);

/// <summary>A trade.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="Side"><c>buy</c> or <c>sell</c>.</param>
/// <param name="QuantityWh">How much.</param>
/// <param name="Price">Micro-currency per kWh.</param>
/// <param name="Amount">Micro-currency; received positive, paid negative.</param>
/// <param name="Counterparty">The other member's number.</param>
/// <param name="Transaction">Null: the market's own schedule makes trades. <c>/ledger/events/{block}/{eventIndex}</c> is the clearing that made it, and its proof.</param>
/// <param name="Block">The block it is in.</param>
/// <param name="EventIndex">The event in the block.</param>
internal sealed record TradeJson(
    Instant Delivery, string Side, long QuantityWh, long Price, long Amount, long Counterparty, string? Transaction, long Block, long EventIndex);
