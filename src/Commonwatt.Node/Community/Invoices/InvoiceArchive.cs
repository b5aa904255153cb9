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

    // In the place of a height, which invoices have there.
    private const long OfMonth = -2;
    private const long OfDay = -3;

    private static readonly TimeSpan KeptUnused = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SumsKeptUnused = TimeSpan.FromDays(1);

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

            IReadOnlyList<MemberLine> lines = MemberLines.Of(tables, member, window);
            Invoice invoice = Invoice.Compose(
                member,
                window,
                lines,
                MemberLines.Metered(tables, member, window),
                lines.Any(line => line.IsCorrection) ? MemberLines.Late(tables, member, window) : [],
                MemberLines.Issued(tables, member));
            return kept.Set(key, invoice, new MemoryCacheEntryOptions { Size = invoice.Lines.Count + 1, SlidingExpiration = window.IsFinal ? null : KeptUnused });
        }
    }

    /// <summary>A member's invoices, newest first; months without any line of his are left out.</summary>
    public IReadOnlyList<Invoice> All(TableSnapshot tables, long member) =>
        [.. InvoiceCalendar.Months(tables, facts.Now, MonthsOf(member)).Select(month => Find(tables, member, month)).Where(invoice => invoice.Lines.Count > 0)];

    /// <summary>What the community saved a member in the month that runs, as far as it has settled; what its invoice says.</summary>
    public Money SavedThisMonth(TableSnapshot tables, long member)
    {
        MemberMonths months = MonthsOf(member);
        BillingMonth month = months.At(facts.Now);
        InvoiceWindow window = InvoiceCalendar.Window(tables, month, months);
        return SumsOf((member, month, months.ZoneOf(month).Id, OfMonth), () => new RunningSavings(member, hasCorrections: true)).Of(tables, window);
    }

    /// <summary>What the community saved a member with the deliveries of today that have settled.</summary>
    public Money SavedToday(TableSnapshot tables, long member)
    {
        TimeRange day = new LocalCalendar(MonthsOf(member).ZoneAt(facts.Now)).DayOf(facts.Now);
        InvoiceWindow window = InvoiceCalendar.Window(tables, default, day.From, day.To);
        return SumsOf((member, default, day.From.ToString(), OfDay), () => new RunningSavings(member, hasCorrections: false)).Of(tables, window);
    }

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();

    private RunningSavings SumsOf((long, BillingMonth, string, long) key, Func<RunningSavings> begin) => kept.GetOrCreate(key, entry =>
    {
        entry.Size = 1;
        entry.SlidingExpiration = SumsKeptUnused;
        return begin();
    })!;

    private static long LastBooked(TableSnapshot tables, long member) =>
        tables.Find<long?>("SELECT MAX(height) FROM entries WHERE account = @member", new { member }) ?? 0;
}
