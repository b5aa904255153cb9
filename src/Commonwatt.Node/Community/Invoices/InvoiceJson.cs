namespace Commonwatt.Node.Community.Invoices;

/// <summary>A line of a bill or an invoice. Money is signed as it moves the balance: received positive, paid negative.</summary>
/// <param name="Delivery">The start of the period it is for.</param>
/// <param name="Kind"><c>trade</c>, <c>grid-fee</c>, <c>imbalance</c>, <c>utility-import</c>, <c>utility-export</c> or <c>penalty</c>.</param>
/// <param name="QuantityWh">The energy it is for.</param>
/// <param name="Price">The price, micro-currency per kWh.</param>
/// <param name="Amount">Micro-currency; received positive, paid negative.</param>
/// <param name="Estimated">Whether a stand-in for a missing reading went into it.</param>
/// <param name="Correction">Whether it books the difference that a late reading made.</param>
/// <param name="Counterparty">Who pays or is paid: <c>member 3</c>, <c>utility</c>, <c>dso</c> or <c>fund</c>.</param>
/// <param name="Transaction">The transaction that booked it; null where the market's own schedule did.</param>
/// <param name="Block">The block it is booked in.</param>
/// <param name="EventIndex">The event in the block.</param>
internal sealed record LineJson(
    Instant Delivery, string Kind, long QuantityWh, long Price, long Amount, bool Estimated, bool Correction, string Counterparty, string? Transaction, long Block, int EventIndex)
{
    /// <summary>A line as it is sent.</summary>
    public static LineJson Of(MemberLine line) => new(
        line.Delivery,
        LineName.Of(line.Kind),
        line.Quantity.WattHours,
        line.Price.MicrosPerKilowattHour,
        line.Signed.Micros,
        line.IsEstimated,
        line.IsCorrection,
        LineName.Of(line.Counterparty),
        line.Transaction,
        line.Place.Height,
        line.Place.Event);
}

/// <summary>What lines of one kind add up to.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="EnergyPaidWh">The energy paid for.</param>
/// <param name="Paid">What was paid, micro-currency, zero or more.</param>
/// <param name="EnergySoldWh">The energy that was paid to the member.</param>
/// <param name="Received">What was received, micro-currency, zero or more.</param>
/// <param name="Total">Received less paid.</param>
internal sealed record GroupJson(string Kind, long EnergyPaidWh, long Paid, long EnergySoldWh, long Received, long Total)
{
    /// <summary>A group as it is sent.</summary>
    public static GroupJson Of(InvoiceGroup group) => new(
        LineName.Of(group.Kind), group.EnergyPaid.WattHours, group.Paid.Micros, group.EnergySold.WattHours, group.Received.Micros, group.Total.Micros);
}

/// <summary>A month's bill.</summary>
/// <param name="Month">The month.</param>
/// <param name="From">Its first moment.</param>
/// <param name="To">The moment after its last.</param>
/// <param name="Status"><c>running</c>, or <c>final</c> once nothing can be added.</param>
/// <param name="Groups">The sums by kind.</param>
/// <param name="Total">What it comes to: received positive, paid negative.</param>
/// <param name="WithoutCommunity">What it would have come to at the utility's tariffs alone.</param>
/// <param name="Saved">The difference: positive where the community was worth it.</param>
/// <param name="Lines">How many lines there are.</param>
internal sealed record BillJson(
    string Month, Instant From, Instant To, string Status, IReadOnlyList<GroupJson> Groups, long Total, long WithoutCommunity, long Saved, int Lines)
{
    /// <summary>A bill as it is sent.</summary>
    public static BillJson Of(Invoice invoice) => new(
        invoice.Window.Month.ToString(),
        invoice.Window.From,
        invoice.Window.To,
        invoice.Window.IsFinal ? "final" : "running",
        [.. invoice.Groups.Select(GroupJson.Of)],
        invoice.Total.Micros,
        invoice.WithoutCommunity.Micros,
        invoice.Saved.Micros,
        invoice.Lines.Count);
}

/// <summary>An invoice in a list.</summary>
/// <param name="Id">By which it is asked for.</param>
/// <param name="Number">The number that is printed.</param>
/// <param name="Member">Whose it is.</param>
/// <param name="Name">His name, for the manager; else null.</param>
/// <param name="Month">The month.</param>
/// <param name="From">Its first moment.</param>
/// <param name="To">The moment after its last.</param>
/// <param name="Total">What it comes to: received positive, paid negative.</param>
/// <param name="WithoutCommunity">What it would have come to at the utility's tariffs alone.</param>
/// <param name="Saved">The difference.</param>
/// <param name="Status"><c>running</c> or <c>final</c>.</param>
/// <param name="HasCorrections">Whether it corrects earlier months.</param>
/// <param name="MatchesLedger">Whether the ledger's own invoice has the same sums; null where it issued none for this month.</param>
internal sealed record InvoiceListJson(
    string Id,
    string Number,
    long Member,
    string? Name,
    string Month,
    Instant From,
    Instant To,
    long Total,
    long WithoutCommunity,
    long Saved,
    string Status,
    bool HasCorrections,
    bool? MatchesLedger)
{
    /// <summary>An invoice as it is listed.</summary>
    public static InvoiceListJson Of(Invoice invoice, string ledgerId, string? name)
    {
        var number = new InvoiceNumber(invoice.Member, invoice.Window.Month);
        return new InvoiceListJson(
            number.ToString(),
            number.Printed(ledgerId),
            invoice.Member,
            name,
            invoice.Window.Month.ToString(),
            invoice.Window.From,
            invoice.Window.To,
            invoice.Total.Micros,
            invoice.WithoutCommunity.Micros,
            invoice.Saved.Micros,
            invoice.Window.IsFinal ? "final" : "running",
            invoice.Corrections.Any(),
            invoice.Ledger.Issued is null ? null : invoice.Ledger.Matches);
    }
}

/// <summary>Whose an invoice is.</summary>
/// <param name="Number">The member's number.</param>
/// <param name="Name">His name, or null where it is not known.</param>
/// <param name="Address">His address on the ledger.</param>
internal sealed record InvoiceMemberJson(long Number, string? Name, string? Address);

/// <summary>How the invoice compares to the one on the ledger.</summary>
/// <param name="Height">The block it was issued in.</param>
/// <param name="EventIndex">The event in the block.</param>
/// <param name="Until">Its end.</param>
/// <param name="Total">What it comes to: received positive, paid negative.</param>
/// <param name="Matches">Whether the sums are equal, kind by kind.</param>
/// <param name="Finding"><c>equal</c>, <c>other-boundary</c> (it begins or ends at another moment, so the sums need not be equal) or <c>different</c> (the tables should be made anew).</param>
internal sealed record LedgerInvoiceJson(long Height, int EventIndex, Instant Until, long Total, bool Matches, string Finding)
{
    /// <summary>A comparison as it is sent; null where the ledger issued no invoice.</summary>
    public static LedgerInvoiceJson? Of(LedgerComparison comparison) => comparison.Issued is { } issued
        ? new LedgerInvoiceJson(issued.Place.Height, issued.Place.Event, issued.Until, issued.Total.Micros, comparison.Matches, comparison.Finding)
        : null;
}

/// <summary>An invoice with all its lines.</summary>
internal sealed record InvoiceJson
{
    /// <summary>By which it is asked for.</summary>
    public required string Id { get; init; }

    /// <summary>The number that is printed.</summary>
    public required string Number { get; init; }

    /// <summary>The month.</summary>
    public required string Month { get; init; }

    /// <summary>Its first moment.</summary>
    public required Instant From { get; init; }

    /// <summary>The moment after its last.</summary>
    public required Instant To { get; init; }

    /// <summary>The time zone the month is counted in.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The currency; money is given in millionths of it.</summary>
    public required string Currency { get; init; }

    /// <summary>Who issues it: the community.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whose it is.</summary>
    public required InvoiceMemberJson Member { get; init; }

    /// <summary><c>running</c> or <c>final</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The sums by kind.</summary>
    public required IReadOnlyList<GroupJson> Groups { get; init; }

    /// <summary>The lines that correct earlier months; they are among the lines.</summary>
    public required IReadOnlyList<LineJson> Corrections { get; init; }

    /// <summary>All lines.</summary>
    public required IReadOnlyList<LineJson> Lines { get; init; }

    /// <summary>What it comes to: received positive, paid negative.</summary>
    public required long Total { get; init; }

    /// <summary>What it would have come to at the utility's tariffs alone.</summary>
    public required long WithoutCommunity { get; init; }

    /// <summary>The difference.</summary>
    public required long Saved { get; init; }

    /// <summary>The ledger's own invoice, or null where it issued none for this month.</summary>
    public required LedgerInvoiceJson? LedgerInvoice { get; init; }
}
