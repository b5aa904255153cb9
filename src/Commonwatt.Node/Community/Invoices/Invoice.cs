namespace Commonwatt.Node.Community.Invoices;

/// <summary>A member's month: his settlement lines, what they add up to, and what the month would have cost him without the community.</summary>
/// <remarks>Money is signed as it moves his balance: received positive, paid negative.</remarks>
internal sealed record Invoice
{
    /// <summary>What belongs on it.</summary>
    public required InvoiceWindow Window { get; init; }

    /// <summary>Whose it is.</summary>
    public required long Member { get; init; }

    /// <summary>The lines by delivery, then as they were booked.</summary>
    public required IReadOnlyList<MemberLine> Lines { get; init; }

    /// <summary>The sums by kind.</summary>
    public required IReadOnlyList<InvoiceGroup> Groups { get; init; }

    /// <summary>What the month comes to.</summary>
    public required Money Total { get; init; }

    /// <summary>What it would have come to at the utility's tariffs alone.</summary>
    public required Money WithoutCommunity { get; init; }

    /// <summary>How the ledger's own invoice compares.</summary>
    public required LedgerComparison Ledger { get; init; }

    /// <summary>What the community saved the member; negative where it cost him.</summary>
    public Money Saved => Total - WithoutCommunity;

    /// <summary>The lines that correct earlier months.</summary>
    public IEnumerable<MemberLine> Corrections => Lines.Where(Window.IsOfEarlierMonth);

    /// <summary>Puts an invoice together.</summary>
    /// <param name="member">Whose it is.</param>
    /// <param name="window">What belongs on it.</param>
    /// <param name="lines">Lines of the member, in any order; those that do not belong on it are left out.</param>
    /// <param name="metered">What each period settled with, in any order.</param>
    /// <param name="late">Late readings, in any order.</param>
    /// <param name="issued">The ledger's invoices of the member, in any order.</param>
    public static Invoice Compose(
        long member,
        InvoiceWindow window,
        IEnumerable<MemberLine> lines,
        IEnumerable<MeteredNet> metered,
        IEnumerable<LateNet> late,
        IEnumerable<IssuedInvoice> issued)
    {
        MemberLine[] held = [.. lines.Where(window.Holds).OrderBy(line => line.Delivery).ThenBy(line => line.Place)];
        IReadOnlyList<InvoiceGroup> groups = InvoiceGroup.Of(held);
        return new Invoice
        {
            Window = window,
            Member = member,
            Lines = held,
            Groups = groups,
            Total = InvoiceGroup.Sum(groups),
            WithoutCommunity = CostWithoutCommunity(window, metered, late),
            Ledger = LedgerComparison.Of(window, groups, issued),
        };
    }

    /// <summary>What a month would have come to at the utility's tariffs alone.</summary>
    /// <remarks>A late reading counts in the month it was booked in, as its correction lines do, so that a final invoice stays what it is.</remarks>
    public static Money CostWithoutCommunity(InvoiceWindow window, IEnumerable<MeteredNet> metered, IEnumerable<LateNet> late)
    {
        Money cost = Money.Zero;
        foreach (MeteredNet net in metered.Where(net => window.HoldsDelivery(net.Delivery)))
        {
            cost += net.WithoutCommunity;
        }

        foreach (LateNet reading in late.Where(reading => window.HoldsBooked(reading.Place)))
        {
            cost += reading.Now.WithoutCommunity - reading.Before.WithoutCommunity;
        }

        return cost;
    }
}
