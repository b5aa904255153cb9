using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>The months that can be billed, and what belongs on each.</summary>
internal static class InvoiceCalendar
{
    /// <summary>The months from the first delivery that settled to the one that runs now, newest first.</summary>
    public static IReadOnlyList<BillingMonth> Months(TableSnapshot tables, Instant now, MemberMonths calendar)
    {
        if (FirstSettledFrom(tables, new Instant(0)) is not { } first)
        {
            return [];
        }

        var months = new List<BillingMonth>();
        for (BillingMonth month = calendar.At(first.Delivery); calendar.StartOf(month) <= now; month = month.Next)
        {
            months.Add(month);
        }

        months.Reverse();
        return months;
    }

    /// <summary>What belongs on the invoice of a month.</summary>
    public static InvoiceWindow Window(TableSnapshot tables, BillingMonth month, MemberMonths calendar) =>
        Window(tables, month, calendar.StartOf(month), calendar.StartOf(month.Next));

    /// <summary>What belongs on an invoice from one moment to another.</summary>
    public static InvoiceWindow Window(TableSnapshot tables, BillingMonth month, Instant from, Instant to) =>
        new(month, from, to, FirstSettledFrom(tables, from)?.Place, FirstSettledFrom(tables, to)?.Place);

    private static (Instant Delivery, LinePlace Place)? FirstSettledFrom(TableSnapshot tables, Instant from) =>
        tables.Find<(long Delivery, long Height, long Event)?>(
            "SELECT delivery, settled_height, settled_event FROM periods WHERE delivery >= @from AND settled_height IS NOT NULL ORDER BY delivery LIMIT 1",
            new { from = from.UnixMilliseconds }) is { } found
                ? (new Instant(found.Delivery), new LinePlace(found.Height, (int)found.Event))
                : null;
}
