using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>One side of a settlement line, as the member on that side sees it.</summary>
/// <param name="Delivery">The start of the period it is for.</param>
/// <param name="Kind">What for.</param>
/// <param name="Quantity">The energy, zero or more.</param>
/// <param name="Price">The price per kWh.</param>
/// <param name="Amount">What is paid, zero or more.</param>
/// <param name="Pays">Whether the member pays it; else he is paid.</param>
/// <param name="IsEstimated">Whether a stand-in for a missing reading went into it.</param>
/// <param name="IsCorrection">Whether it books the difference that a late reading made.</param>
/// <param name="Counterparty">The other side.</param>
/// <param name="Place">Where it is booked.</param>
/// <param name="Transaction">The id of the transaction that booked it, or null where the market's own schedule did.</param>
internal sealed record MemberLine(
    Instant Delivery,
    SettlementLineKind Kind,
    Energy Quantity,
    Price Price,
    Money Amount,
    bool Pays,
    bool IsEstimated,
    bool IsCorrection,
    Party Counterparty,
    LinePlace Place,
    string? Transaction)
{
    /// <summary>What the line is to the member's balance: received positive, paid negative.</summary>
    public Money Signed => Pays ? -Amount : Amount;

    /// <summary>The sides that members have in a line: two where members trade, one where the utility, the DSO or the fund is the other.</summary>
    public static IEnumerable<(long Member, MemberLine Line)> SidesOf(SettlementLine line, Instant delivery, LinePlace place, string? transaction)
    {
        if (line.From.Kind == PartyKind.Member)
        {
            yield return (line.From.MemberId.Value, Of(line, pays: true, line.To, delivery, place, transaction));
        }

        if (line.To.Kind == PartyKind.Member)
        {
            yield return (line.To.MemberId.Value, Of(line, pays: false, line.From, delivery, place, transaction));
        }
    }

    private static MemberLine Of(in SettlementLine line, bool pays, Party other, Instant delivery, LinePlace place, string? transaction) => new(
        delivery, line.Kind, line.Quantity, line.Price, line.Amount, pays, line.Estimated, line.Correction, other, place, transaction);
}
