using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Settlements;

/// <summary>Reads settlement lines of all members.</summary>
internal static class SettlementLines
{
    private const string Columns =
        """
        delivery AS Delivery, height AS Height, event AS Event, place AS Place, from_kind AS FromKind, from_member AS FromMember, to_kind AS ToKind, to_member AS ToMember,
        kind AS Kind, quantity_wh AS QuantityWh, price AS Price, amount AS Amount, is_estimated AS IsEstimated, is_correction AS IsCorrection
        """;

    /// <summary>A part of the lines.</summary>
    public static IReadOnlyList<LineRow> Part(TableSnapshot tables, SettlementQuery query, TimeRange range, long[]? after, int limit) => tables.Query<LineRow>(
        $"""
        SELECT {Columns} FROM lines {Where(query)} {(after is null ? "" : "AND (delivery, height, event, place) > (@delivery, @height, @event, @place)")}
        ORDER BY delivery, height, event, place LIMIT @limit
        """,
        new
        {
            from = range.From.UnixMilliseconds,
            to = range.To.UnixMilliseconds,
            kind = query.Kind,
            member = query.Number,
            delivery = after?[0],
            height = after?[1],
            @event = after?[2],
            place = after?[3],
            limit,
        });

    /// <summary>All lines, one after the other.</summary>
    public static IEnumerable<LineRow> All(TableSnapshot tables, SettlementQuery query, TimeRange range) => tables.Stream<LineRow>(
        $"SELECT {Columns} FROM lines {Where(query)} ORDER BY delivery, height, event, place",
        new { from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds, kind = query.Kind, member = query.Number });

    private static string Where(SettlementQuery query) =>
        $"WHERE delivery >= @from AND delivery < @to{(query.Kind is null ? "" : " AND kind = @kind")}{(query.Number is null ? "" : " AND (from_member = @member OR to_member = @member)")}";
}

/// <summary>A row of the table <c>lines</c>.</summary>
internal sealed record LineRow
{
    /// <summary>The start of the period.</summary>
    public long Delivery { get; init; }

    /// <summary>The block.</summary>
    public long Height { get; init; }

    /// <summary>The event in the block.</summary>
    public long Event { get; init; }

    /// <summary>The line in the event.</summary>
    public long Place { get; init; }

    /// <summary>Who pays.</summary>
    public string FromKind { get; init; } = "";

    /// <summary>The member who pays.</summary>
    public long? FromMember { get; init; }

    /// <summary>Who is paid.</summary>
    public string ToKind { get; init; } = "";

    /// <summary>The member who is paid.</summary>
    public long? ToMember { get; init; }

    /// <summary>What for.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The energy.</summary>
    public long QuantityWh { get; init; }

    /// <summary>The price.</summary>
    public long Price { get; init; }

    /// <summary>What is paid.</summary>
    public long Amount { get; init; }

    /// <summary>1 where an estimate went into it.</summary>
    public long IsEstimated { get; init; }

    /// <summary>1 where it is a correction.</summary>
    public long IsCorrection { get; init; }

    /// <summary>The line as it is sent.</summary>
    public SettlementLineJson ToJson() => new(
        new Instant(Delivery), Party(FromKind, FromMember), Party(ToKind, ToMember), Kind, QuantityWh, Price, Amount, IsEstimated != 0, IsCorrection != 0, Height, Event, Place);

    private static string Party(string kind, long? member) => member is { } number ? $"{kind} {number}" : kind;
}

/// <summary>A settlement line: who pays whom what for what.</summary>
/// <param name="Delivery">The start of the period.</param>
/// <param name="From">Who pays: <c>member 3</c>, <c>utility</c>, <c>dso</c> or <c>fund</c>.</param>
/// <param name="To">Who is paid.</param>
/// <param name="Kind"><c>trade</c>, <c>grid-fee</c>, <c>imbalance</c>, <c>utility-import</c>, <c>utility-export</c> or <c>penalty</c>.</param>
/// <param name="QuantityWh">The energy it is for.</param>
/// <param name="Price">Micro-currency per kWh.</param>
/// <param name="Amount">What is paid, micro-currency, zero or more.</param>
/// <param name="Estimated">Whether a stand-in for a missing reading went into it.</param>
/// <param name="Correction">Whether it books the difference that a late reading made.</param>
/// <param name="Block">The block it is booked in.</param>
/// <param name="EventIndex">The event in the block.</param>
/// <param name="Line">The line in the event.</param>
internal sealed record SettlementLineJson(
    Instant Delivery,
    string From,
    string To,
    string Kind,
    long QuantityWh,
    long Price,
    long Amount,
    bool Estimated,
    bool Correction,
    long Block,
    long EventIndex,
    long Line);
