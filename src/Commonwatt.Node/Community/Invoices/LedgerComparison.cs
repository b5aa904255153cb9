namespace Commonwatt.Node.Community.Invoices;

/// <summary>An invoice as the ledger issued it (<c>market.invoice-issued</c>).</summary>
/// <param name="Place">Where it was issued.</param>
/// <param name="Until">Its end: deliveries before it.</param>
/// <param name="From">The first delivery it may hold.</param>
/// <param name="Groups">Its sums by kind; kinds without lines may be left out.</param>
internal sealed record IssuedInvoice(LinePlace Place, Instant Until, Instant From, IReadOnlyList<InvoiceGroup> Groups)
{
    /// <summary>Received less paid.</summary>
    public Money Total => InvoiceGroup.Sum(Groups);
}

/// <summary>How an invoice compares to the ledger's own.</summary>
/// <param name="Issued">The ledger's invoice that overlaps the month, or null.</param>
/// <param name="Finding">What the comparison found: see <see cref="Of"/>.</param>
internal sealed record LedgerComparison(IssuedInvoice? Issued, string Finding)
{
    /// <summary>The sums are equal, kind by kind.</summary>
    public const string Equal = "equal";

    /// <summary>The ledger's invoice begins or ends at another moment, such as in another time zone, so the two need not be equal.</summary>
    public const string OtherBoundary = "other-boundary";

    /// <summary>The ledger has issued no invoice that ends in the month: it is open, or the manager set no boundary.</summary>
    public const string NotIssued = "not-issued";

    /// <summary>Same boundaries and other sums: the tables do not show what the ledger holds, and should be rebuilt.</summary>
    public const string Different = "different";

    /// <summary>Whether the sums are equal.</summary>
    public bool Matches => string.Equals(Finding, Equal, StringComparison.Ordinal);

    /// <summary>Compares the sums of a month to the ledger's.</summary>
    public static LedgerComparison Of(InvoiceWindow window, IReadOnlyList<InvoiceGroup> groups, IEnumerable<IssuedInvoice> issued)
    {
        IssuedInvoice[] byEnd = [.. issued.OrderBy(one => one.Until)];
        int index = Array.FindIndex(byEnd, one => one.Until > window.From && one.Until <= window.To);
        int exact = Array.FindIndex(byEnd, one => one.Until == window.To);
        if (exact < 0)
        {
            return index < 0 ? new LedgerComparison(Issued: null, NotIssued) : new LedgerComparison(byEnd[index], OtherBoundary);
        }

        if (AreSame(groups, byEnd[exact].Groups))
        {
            return new LedgerComparison(byEnd[exact], Equal);
        }

        bool beginsAlike = exact == index && byEnd[exact].From >= window.From;
        return new LedgerComparison(byEnd[exact], beginsAlike ? Different : OtherBoundary);
    }

    private static bool AreSame(IReadOnlyList<InvoiceGroup> ours, IReadOnlyList<InvoiceGroup> theirs) =>
        WithLines(ours).SequenceEqual(WithLines(theirs));

    private static IEnumerable<InvoiceGroup> WithLines(IEnumerable<InvoiceGroup> groups) => groups
        .Where(group => group is not { EnergyPaid.IsZero: true, EnergySold.IsZero: true, Paid.IsZero: true, Received.IsZero: true })
        .OrderBy(group => group.Kind);
}
