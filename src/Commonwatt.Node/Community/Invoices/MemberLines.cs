using Commonwatt.Contracts.Market;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>Reads what an invoice of one member is made of.</summary>
internal static class MemberLines
{
    /// <summary>A member's lines that may belong on an invoice, corrections among them.</summary>
    /// <remarks>What was delivered in a month settles while that month is the open one, so that all its lines stand together in the order of the ledger.</remarks>
    /// <param name="tables">The tables.</param>
    /// <param name="member">The member.</param>
    /// <param name="window">The invoice.</param>
    /// <param name="after">Only those booked above this height.</param>
    public static IReadOnlyList<MemberLine> Of(TableSnapshot tables, long member, InvoiceWindow window, long after = -1)
    {
        IReadOnlyList<EntryRow> entries = tables.Query<EntryRow>(
            """
            SELECT e.delivery AS Delivery, e.kind AS Kind, e.quantity_wh AS QuantityWh, e.price AS Price, e.amount AS Amount, e.counterparty AS Counterparty,
              e.is_estimated AS IsEstimated, e.is_correction AS IsCorrection, e.height AS Height, e.event AS Event, e.place AS Place, e.receipt AS Receipt
            FROM entries e WHERE e.account = @member AND e.height >= @opens AND e.height <= @closes AND e.delivery IS NOT NULL
            """,
            Parameters(member, window, after));

        // The market's own schedule settles; a correction is somebody's transaction. To look for one behind each line would cost more than all else.
        Dictionary<(long, long), string> transactions = entries.Any(entry => entry.IsCorrection != 0) ? Transactions(tables, member, window, after) : [];
        return [.. entries.Select(row => row.ToLine(row.IsCorrection == 0 ? null : transactions.GetValueOrDefault((row.Height, row.Receipt))))];
    }

    /// <summary>What each period of the month settled with for a member. Where a late reading has come since, the event of the settlement still says it.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="member">The member.</param>
    /// <param name="window">The invoice.</param>
    /// <param name="after">Only deliveries after this one.</param>
    public static IReadOnlyList<MeteredNet> Metered(TableSnapshot tables, long member, InvoiceWindow window, Instant? after = null)
    {
        IReadOnlyList<NetRow> rows = tables.Query<NetRow>(
            """
            SELECT m.delivery AS Delivery, m.net_wh AS NetWh, m.is_late AS IsLate, p.retail AS Retail, p.feed_in AS FeedIn, p.settled_height AS Height, p.settled_event AS Event
            FROM metered m JOIN periods p ON p.delivery = m.delivery
            WHERE m.member = @member AND m.delivery >= @from AND m.delivery < @to
            """,
            new { member, from = after is { } counted ? counted.UnixMilliseconds + 1 : window.From.UnixMilliseconds, to = window.To.UnixMilliseconds });
        return [.. rows.Select(row => row.IsLate == 0 ? row.ToNet() : row.ToNet(SettledWith(tables, row.Height, row.Event, member)))];
    }

    /// <summary>The late readings of a member that were booked while the month was the open one.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="member">The member.</param>
    /// <param name="window">The invoice.</param>
    /// <param name="after">Only those booked above this height.</param>
    public static IReadOnlyList<LateNet> Late(TableSnapshot tables, long member, InvoiceWindow window, long after = -1)
    {
        IReadOnlyList<CorrectionRow> corrections = tables.Query<CorrectionRow>(
            $"""
            SELECT DISTINCT e.delivery AS Delivery, e.height AS Height, e.event AS Event, v.content AS Content, p.retail AS Retail, p.feed_in AS FeedIn,
              p.settled_height AS SettledHeight, p.settled_event AS SettledEvent
            FROM entries e JOIN events v ON v.height = e.height AND v.place = e.event JOIN periods p ON p.delivery = e.delivery
            WHERE {BookedWithin}
            """,
            Parameters(member, window, after));
        var late = new List<LateNet>();
        foreach (CorrectionRow row in corrections)
        {
            foreach (Markets.Settlement.MeteredEnergy reading in Decode<PeriodCorrected>(row.Content).Metered.Where(one => one.Member.Value == member))
            {
                MeteredNet now = new(new Instant(row.Delivery), reading.Net, new Price(row.Retail), new Price(row.FeedIn));
                late.Add(new LateNet(now with { Net = SettledWith(tables, row.SettledHeight, row.SettledEvent, member) }, now, new LinePlace(row.Height, (int)row.Event)));
            }
        }

        return late;
    }

    /// <summary>The invoices that the ledger issued to a member.</summary>
    public static IReadOnlyList<IssuedInvoice> Issued(TableSnapshot tables, long member) =>
    [
        .. tables.Query<IssuedRow>(
            "SELECT height AS Height, event AS Event, until_time AS UntilTime, content AS Content FROM invoices_issued WHERE member = @member",
            new { member }).Select(row => row.ToInvoice()),
    ];

    private static string BookedWithin =>
        "e.account = @member AND e.height >= @opens AND e.height <= @closes AND e.is_correction = 1 AND e.delivery IS NOT NULL";

    private static Dictionary<(long, long), string> Transactions(TableSnapshot tables, long member, InvoiceWindow window, long after) =>
        tables.Query<(long Height, long Receipt, byte[] Id)>(
            $"""
            SELECT DISTINCT e.height, e.receipt, t.id FROM entries e JOIN transactions t ON t.height = e.height AND t.place = e.receipt AND t.is_scheduled = 0
            WHERE {BookedWithin}
            """,
            Parameters(member, window, after)).ToDictionary(row => (row.Height, row.Receipt), row => new Hash(row.Id).ToString());

    // Heights bound what is read; the window itself says which events of those blocks count.
    private static object Parameters(long member, InvoiceWindow window, long after) => new
    {
        member,
        opens = long.Max(window.Opens?.Height ?? long.MaxValue, after + 1),
        closes = window.Closes?.Height ?? long.MaxValue,
    };

    private static Energy SettledWith(TableSnapshot tables, long height, long place, long member)
    {
        byte[] content = tables.Find<byte[]>("SELECT content FROM events WHERE height = @height AND place = @place", new { height, place })
            ?? throw new InvalidDataException($"The tables lack event {place} of block {height}.");
        return Decode<PeriodSettled>(content).Metered.Single(one => one.Member.Value == member).Net;
    }

    private static T Decode<T>(byte[] content)
        where T : ICanonical<T>
    {
        var reader = new CanonicalReader(content);
        return T.Read(ref reader);
    }

    private sealed record EntryRow
    {
        public long Delivery { get; init; }

        public string Kind { get; init; } = "";

        public long QuantityWh { get; init; }

        public long Price { get; init; }

        public long Amount { get; init; }

        public long Counterparty { get; init; }

        public long IsEstimated { get; init; }

        public long IsCorrection { get; init; }

        public long Height { get; init; }

        public long Event { get; init; }

        public long Place { get; init; }

        public long Receipt { get; init; }

        // The side that pays has an even place, the other the odd one after it.
        public MemberLine ToLine(string? transaction) => new(
            new Instant(Delivery),
            LineName.KindOf(Kind),
            new Energy(QuantityWh),
            new Price(Price),
            Money.Abs(new Money(Amount)),
            Pays: Place % 2 == 0,
            IsEstimated != 0,
            IsCorrection != 0,
            LineName.PartyOf(Counterparty),
            new LinePlace(Height, (int)Event, (int)Place),
            transaction);
    }

    private sealed record NetRow
    {
        public long Delivery { get; init; }

        public long NetWh { get; init; }

        public long IsLate { get; init; }

        public long Retail { get; init; }

        public long FeedIn { get; init; }

        public long Height { get; init; }

        public long Event { get; init; }

        public MeteredNet ToNet(Energy? settledWith = null) => new(new Instant(Delivery), settledWith ?? new Energy(NetWh), new Price(Retail), new Price(FeedIn));
    }

    private sealed record CorrectionRow
    {
        public long Delivery { get; init; }

        public long Height { get; init; }

        public long Event { get; init; }

        public byte[] Content { get; init; } = [];

        public long Retail { get; init; }

        public long FeedIn { get; init; }

        public long SettledHeight { get; init; }

        public long SettledEvent { get; init; }
    }

    private sealed record IssuedRow
    {
        public long Height { get; init; }

        public long Event { get; init; }

        public long UntilTime { get; init; }

        public byte[] Content { get; init; } = [];

        public IssuedInvoice ToInvoice()
        {
            OpenInvoice sums = Decode<OpenInvoice>(Content);
            return new IssuedInvoice(
                new LinePlace(Height, (int)Event),
                new Instant(UntilTime),
                sums.From,
                [.. InvoiceGroup.Kinds.Select(kind => (kind, sum: sums.Sum(kind))).Select(one => new InvoiceGroup(one.kind, one.sum.PaidFor, one.sum.Paid, one.sum.PaidTo, one.sum.Received))]);
        }
    }
}
