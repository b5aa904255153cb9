using Commonwatt.Markets.Settlement;
using Commonwatt.Node.Community.Invoices;
using NodaTime;

namespace Commonwatt.Node.Tests.Community;

public class InvoiceTests
{
    private static readonly DateTimeZone Lisbon = DateTimeZoneProviders.Tzdb["Europe/Lisbon"];
    private static readonly BillingMonth October = new(2026, 10);

    [Theory]
    [InlineData(2026, 3, "2026-03-01T00:00:00Z", 743)]
    [InlineData(2026, 10, "2026-09-30T23:00:00Z", 745)]
    [InlineData(2026, 11, "2026-11-01T00:00:00Z", 720)]
    [InlineData(2024, 2, "2024-02-01T00:00:00Z", 696)]
    public void A_month_begins_at_local_midnight_and_has_the_hours_its_clocks_count(int year, int month, string start, int hours)
    {
        var billed = new BillingMonth(year, month);

        Assert.Equal(start, billed.StartIn(Lisbon).ToString());
        Assert.Equal(hours, (billed.Next.StartIn(Lisbon) - billed.StartIn(Lisbon)).TotalHours);
        Assert.Equal(billed, BillingMonth.At(billed.StartIn(Lisbon), Lisbon));
        Assert.Equal(billed.Previous, BillingMonth.At(billed.StartIn(Lisbon) - TimeSpan.FromMilliseconds(1), Lisbon));
    }

    [Theory]
    [InlineData("2026-11", true)]
    [InlineData("2026-13", false)]
    [InlineData("2026-00", false)]
    [InlineData("26-11", false)]
    [InlineData("2026-1", false)]
    [InlineData("2026/11", false)]
    [InlineData(" 026-11", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_month_is_read_as_year_and_month_and_nothing_else(string? text, bool isMonth) => Assert.Equal(isMonth, BillingMonth.TryParse(text, out _));

    [Theory]
    [InlineData("3-2026-11", true)]
    [InlineData("03-2026-11", false)]
    [InlineData("+3-2026-11", false)]
    [InlineData("-3-2026-11", false)]
    [InlineData("3-2026-11-1", false)]
    [InlineData("3", false)]
    public void An_invoices_id_has_one_form_alone(string id, bool isId)
    {
        Assert.Equal(isId, InvoiceNumber.TryParse(id, out InvoiceNumber number));
        Assert.True(!isId || number.ToString() == id);
    }

    [Fact]
    public void A_number_is_made_of_ledger_member_and_month() =>
        Assert.Equal("9f3a61c2-00003-202611", new InvoiceNumber(3, new BillingMonth(2026, 11)).Printed("9f3a61c2aaaa"));

    [Fact]
    public void A_correction_booked_before_the_month_closed_is_on_it_and_a_later_one_is_on_the_next()
    {
        InvoiceWindow october = Window(October, opens: 100, closes: 500);
        InvoiceWindow november = Window(October.Next, opens: 500, closes: null);
        MemberLine early = Correction("2026-10-05T10:00:00Z", height: 400);
        MemberLine late = Correction("2026-10-05T10:00:00Z", height: 600);

        Assert.Equal((true, false), (october.Holds(early), november.Holds(early)));
        Assert.Equal((false, true), (october.Holds(late), november.Holds(late)));
        Assert.Equal((false, true), (october.IsOfEarlierMonth(early), november.IsOfEarlierMonth(late)));
    }

    [Fact]
    public void A_late_reading_changes_what_the_next_month_would_have_cost_and_not_the_final_one()
    {
        var settled = new MeteredNet(Time("2026-10-05T10:00:00Z"), new Energy(1_000), new Price(200_000), new Price(50_000));
        var late = new LateNet(settled, settled with { Net = new Energy(-400) }, new LinePlace(600, 1));

        Money october = Invoice.CostWithoutCommunity(Window(October, 100, 500), [settled], [late]);
        Money november = Invoice.CostWithoutCommunity(Window(October.Next, 500, null), [settled], [late]);

        Assert.Equal(new Money(-200_000), october);
        Assert.Equal(new Money(220_000), november);
    }

    [Fact]
    public void Sums_of_another_boundary_are_told_apart_from_sums_that_are_wrong()
    {
        InvoiceWindow window = Window(October, 100, 500);
        InvoiceGroup[] ours = [new(SettlementLineKind.Trade, new Energy(5), new Money(1), Energy.Zero, Money.Zero)];
        InvoiceGroup[] theirs = [ours[0] with { Paid = new Money(2) }];

        Assert.Equal("not-issued", LedgerComparison.Of(window, ours, []).Finding);
        Assert.Equal("equal", LedgerComparison.Of(window, ours, [Issued(window.From, window.To, ours)]).Finding);
        Assert.Equal("different", LedgerComparison.Of(window, ours, [Issued(window.From, window.To, theirs)]).Finding);
        Assert.Equal("other-boundary", LedgerComparison.Of(window, ours, [Issued(window.From, window.To - TimeSpan.FromHours(1), theirs)]).Finding);
        Assert.Equal("other-boundary", LedgerComparison.Of(window, ours, [Issued(window.From - TimeSpan.FromDays(9), window.To, theirs)]).Finding);
        Assert.Equal("not-issued", LedgerComparison.Of(window, ours, [Issued(window.From - TimeSpan.FromDays(31), window.From, theirs)]).Finding);
    }

    private static IssuedInvoice Issued(Instant from, Instant until, InvoiceGroup[] groups) => new(new LinePlace(500, 0), until, from, groups);

    private static InvoiceWindow Window(BillingMonth month, long opens, long? closes) => new(
        month, month.StartIn(Lisbon), month.Next.StartIn(Lisbon), new LinePlace(opens, 3), closes is { } height ? new LinePlace(height, 3) : null);

    private static MemberLine Correction(string delivery, long height) => new(
        Time(delivery), SettlementLineKind.UtilityImport, new Energy(10), new Price(1), Money.Zero, Pays: true, IsEstimated: false, IsCorrection: true, Party.Utility, new LinePlace(height, 0), null);

    private static Instant Time(string text) => Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
