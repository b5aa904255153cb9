using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.Extensions.Caching.Memory;
using NodaTime;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>Members' invoices. What is final never changes and is put together once; the running month is, whenever a line of the member's was added.</summary>
/// <param name="facts">The community.</param>
/// <param name="people">Who knows members' time zones.</param>
internal sealed class InvoiceArchive(CommunityFacts facts, IPeopleDirectory people) : IDisposable
{
    private const long MostLines = 1_000_000;

    private static readonly TimeSpan KeptUnused = TimeSpan.FromMinutes(10);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostLines });
    private readonly Gates gates = new();

    /// <summary>A member's months.</summary>
    public MemberMonths MonthsOf(long member) =>
        new(month => people.TimeZoneOf(member, month) is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? facts.TimeZone : facts.TimeZone);

    /// <summary>A member's invoice of a month.</summary>
    public Invoice Find(TableSnapshot tables, long member, BillingMonth month)
    {
        InvoiceWindow window = InvoiceCalendar.Window(tables, month, MonthsOf(member));
        (long, BillingMonth, string, long) key = (member, month, $"{window.From} {window.To}", window.IsFinal ? -1 : LastBooked(tables, member));
        if (kept.TryGetValue(key, out Invoice? known) && known is not null)
        {
            return known;
        }

        lock (gates.Of(key))
        {
            if (kept.TryGetValue(key, out known) && known is not null)
            {
                return known;
            }

            Invoice invoice = Invoice.Compose(
                member,
                window,
                MemberLines.Of(tables, member, window),
                MemberLines.Metered(tables, member, window),
                MemberLines.Late(tables, member, window),
                MemberLines.Issued(tables, member));
            return kept.Set(key, invoice, new MemoryCacheEntryOptions { Size = invoice.Lines.Count + 1, SlidingExpiration = window.IsFinal ? null : KeptUnused });
        }
    }

    /// <summary>A member's invoices, newest first; months without any line of his are left out.</summary>
    public IReadOnlyList<Invoice> All(TableSnapshot tables, long member) =>
        [.. InvoiceCalendar.Months(tables, facts.Now, MonthsOf(member)).Select(month => Find(tables, member, month)).Where(invoice => invoice.Lines.Count > 0)];

    /// <summary>What a member's deliveries of today came to as far as they have settled, and what they would have without the community.</summary>
    public (Money Total, Money WithoutCommunity) Today(TableSnapshot tables, long member)
    {
        TimeRange day = new LocalCalendar(MonthsOf(member).ZoneAt(facts.Now)).DayOf(facts.Now);
        (long, BillingMonth, string, long) key = (member, default, day.From.ToString(), LastBooked(tables, member));
        return kept.GetOrCreate(key, entry =>
        {
            entry.Size = 1;
            entry.SlidingExpiration = KeptUnused;
            InvoiceWindow window = InvoiceCalendar.Window(tables, default, day.From, day.To);
            Money total = MemberLines.Of(tables, member, window).Where(line => !line.IsCorrection && window.HoldsDelivery(line.Delivery)).Aggregate(Money.Zero, (sum, line) => sum + line.Signed);
            return (total, Invoice.CostWithoutCommunity(window, MemberLines.Metered(tables, member, window), []));
        });
    }

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();

    private static long LastBooked(TableSnapshot tables, long member) =>
        tables.Find<long?>("SELECT MAX(height) FROM entries WHERE account = @member", new { member }) ?? 0;
}
