namespace Commonwatt.Node.Community.Invoices;

/// <summary>What belongs on an invoice: the deliveries of a month, and the corrections that were booked while that month was the open one.</summary>
/// <remarks>
/// The market settles periods in order, and a month closes when the first period at or after its end settles. A correction booked later, for
/// whatever delivery, finds the invoice final and goes on the next one; the ledger's own invoices go by the same rule.
/// </remarks>
/// <param name="Month">The month.</param>
/// <param name="From">The first delivery.</param>
/// <param name="To">The end: deliveries before it.</param>
/// <param name="Opens">Where the first period at or after <paramref name="From"/> settled, or null where none has yet.</param>
/// <param name="Closes">Where the first period at or after <paramref name="To"/> settled, or null while the month is open.</param>
internal sealed record InvoiceWindow(BillingMonth Month, Instant From, Instant To, LinePlace? Opens, LinePlace? Closes)
{
    /// <summary>Whether nothing can be added any more.</summary>
    public bool IsFinal => Closes is not null;

    /// <summary>Whether a line belongs on this invoice.</summary>
    public bool Holds(MemberLine line) => line.IsCorrection ? HoldsBooked(line.Place) : HoldsDelivery(line.Delivery);

    /// <summary>Whether a delivery is of this month.</summary>
    public bool HoldsDelivery(Instant delivery) => delivery >= From && delivery < To;

    /// <summary>Whether something was booked while this month was the open one.</summary>
    public bool HoldsBooked(LinePlace place) => Opens is { } opens && place > opens && (Closes is not { } closes || place < closes);

    /// <summary>Whether a line on this invoice corrects a month before it.</summary>
    public bool IsOfEarlierMonth(MemberLine line) => line.Delivery < From;
}
