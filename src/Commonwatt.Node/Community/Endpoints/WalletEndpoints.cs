using System.Security.Claims;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>A member's wallet.</summary>
internal sealed class WalletEndpoints(CommunityTables tables)
{
    private const string Tag = "Wallet";

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me/wallet", Wallet).ForMembers<WalletJson>(Tag, "My balance, what is set aside, and what new orders may use");
        api.MapGet("/me/wallet/entries", Entries).ForMembers<Page<EntryJson>>(Tag, "Every movement on my account, newest first");
    }

    private IResult Wallet(ClaimsPrincipal user) => Me.Answer(user, member => tables.Read(now =>
    {
        Account account = Account.Of(now, member);
        return Results.Json(new WalletJson(account.Balance, account.Locked, account.CreditLine, account.Available));
    }));

    private IResult Entries(ClaimsPrincipal user, [AsParameters] PageQuery page) => Me.Answer(user, member =>
    {
        string list = $"entries {member}";
        if (page.After(list, 3, out long[]? after) is { } problem)
        {
            return problem;
        }

        IReadOnlyList<EntryRow> rows = tables.Read(now => now.Query<EntryRow>(
            $"""
            SELECT e.height AS Height, e.event AS Event, e.place AS Place, e.at AS At, e.kind AS Kind, e.amount AS Amount, e.quantity_wh AS QuantityWh, e.price AS Price, e.delivery AS Delivery,
              e.counterparty AS Counterparty, e.is_estimated AS IsEstimated, e.is_correction AS IsCorrection, t.id AS TransactionId
            FROM entries e LEFT JOIN transactions t ON t.height = e.height AND t.place = e.receipt AND t.is_scheduled = 0
            WHERE e.account = @member {(after is null ? "" : "AND (e.height, e.event, e.place) < (@height, @event, @place)")}
            ORDER BY e.height DESC, e.event DESC, e.place DESC LIMIT @limit
            """,
            new { member, height = after?[0], @event = after?[1], place = after?[2], limit = page.Count + 1 }));
        Page<EntryRow> shown = Page<EntryRow>.Of(rows, page.Count, row => PageCursor.Write(list, row.Height, row.Event, row.Place));
        return Results.Json(new Page<EntryJson>([.. shown.Items.Select(row => row.ToJson())], shown.Next));
    });

    private sealed record EntryRow
    {
        public long Height { get; init; }

        public long Event { get; init; }

        public long Place { get; init; }

        public long At { get; init; }

        public string Kind { get; init; } = "";

        public long Amount { get; init; }

        public long? QuantityWh { get; init; }

        public long? Price { get; init; }

        public long? Delivery { get; init; }

        public long? Counterparty { get; init; }

        public long IsEstimated { get; init; }

        public long IsCorrection { get; init; }

        public byte[]? TransactionId { get; init; }

        public EntryJson ToJson() => new(
            new Instant(At),
            IsCorrection != 0 ? "correction" : Kind,
            Kind,
            Amount,
            QuantityWh,
            Price,
            Delivery is { } delivery ? new Instant(delivery) : null,
            Counterparty switch
            {
                null => null,
                AccountNumber.Outside => "outside",
                AccountNumber.Stakes => "stakes",
                { } other => LineName.Of(LineName.PartyOf(other)),
            },
            IsEstimated != 0,
            TransactionId is null ? null : new Hash(TransactionId).ToString(),
            Height,
            Event);
    }
}

/// <summary>A wallet, micro-currency.</summary>
/// <param name="Balance">What the member has; negative where he owes.</param>
/// <param name="Locked">What orders and trades set aside.</param>
/// <param name="CreditLine">How far orders may go below zero.</param>
/// <param name="Available">What new orders may use.</param>
internal sealed record WalletJson(long Balance, long Locked, long CreditLine, long Available);

/// <summary>A movement on an account.</summary>
/// <param name="At">When it was booked.</param>
/// <param name="Kind"><c>deposit</c>, <c>withdrawal</c>, <c>transfer-in</c>, <c>transfer-out</c>, <c>stake</c>, <c>stake-return</c>, <c>trade</c>, <c>grid-fee</c>, <c>imbalance</c>, <c>utility-import</c>, <c>utility-export</c>, <c>penalty</c> or <c>correction</c>.</param>
/// <param name="Of">What is corrected, where it is a correction; else the kind again.</param>
/// <param name="Amount">What the balance changed by, micro-currency.</param>
/// <param name="QuantityWh">The energy it is for.</param>
/// <param name="Price">The price, micro-currency per kWh.</param>
/// <param name="Delivery">The start of the period it is for.</param>
/// <param name="Counterparty">The other side: <c>member 3</c>, <c>utility</c>, <c>dso</c>, <c>fund</c>, <c>outside</c> or <c>stakes</c>.</param>
/// <param name="Estimated">Whether a stand-in for a missing reading went into it.</param>
/// <param name="Transaction">The transaction that booked it; null where the market's own schedule did.</param>
/// <param name="Block">The block it is booked in.</param>
/// <param name="EventIndex">The event in the block.</param>
internal sealed record EntryJson(
    Instant At,
    string Kind,
    string Of,
    long Amount,
    long? QuantityWh,
    long? Price,
    Instant? Delivery,
    string? Counterparty,
    bool Estimated,
    string? Transaction,
    long Block,
    long EventIndex);
