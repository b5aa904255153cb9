using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.Projections;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Node.Tests.Community;

/// <summary>Invoices of communities in which anything happens, whose ledgers issue invoices at 14:00 and 16:00.</summary>
public class InvoicePropertyTests
{
    private static readonly Instant[] Boundaries =
        [TestCommunity.Today, TestCommunity.Time("14:00"), TestCommunity.Time("16:00"), TestCommunity.Time("00:00", day: 40)];

    [Theory]
    [InlineData("sqlite", 25)]
    [InlineData("postgres", 3)]
    public void An_invoice_is_the_sum_of_its_lines_and_what_the_ledger_issued(string kind, int times) => Holds(kind, times, (tables, member) =>
    {
        foreach (Invoice invoice in Invoices(tables, member))
        {
            Assert.Equal(Sum(invoice.Lines.Select(line => line.Signed)), invoice.Total);
            Assert.Equal(Sum(invoice.Groups.Select(group => group.Total)), invoice.Total);
            if (invoice.Window.IsFinal && invoice.Lines.Count > 0)
            {
                Assert.Equal(LedgerComparison.Equal, invoice.Ledger.Finding);
                Assert.Equal(invoice.Total, invoice.Ledger.Issued!.Total);
            }
        }
    });

    [Fact]
    public void Every_line_of_a_member_stands_on_one_invoice_and_no_other() => Holds("sqlite", 25, (tables, member) =>
    {
        LinePlace[] billed = [.. Invoices(tables, member).SelectMany(invoice => invoice.Lines).Select(line => line.Place)];
        IReadOnlyList<(long Height, long Event, long Place)> booked =
            tables.Query<(long, long, long)>("SELECT height, event, place FROM entries WHERE account = @member AND delivery IS NOT NULL", new { member });
        Assert.Equal(booked.Select(one => new LinePlace(one.Height, (int)one.Event, (int)one.Place)).Order(), billed.Order());
    });

    [Fact]
    public void Without_the_community_all_invoices_together_cost_what_the_newest_readings_cost_at_the_tariffs() => Holds("sqlite", 25, (tables, member) =>
    {
        IReadOnlyList<(long Net, long Retail, long FeedIn)> newest = tables.Query<(long, long, long)>(
            "SELECT m.net_wh, p.retail, p.feed_in FROM metered m JOIN periods p ON p.delivery = m.delivery WHERE m.member = @member", new { member });
        Assert.Equal(
            newest.Sum(one => new MeteredNet(default, new Energy(one.Net), new Price(one.Retail), new Price(one.FeedIn)).WithoutCommunity.Micros),
            Invoices(tables, member).Sum(invoice => invoice.WithoutCommunity.Micros));
    });

    [Fact]
    public void All_members_invoices_and_what_the_utility_the_DSO_and_the_fund_got_add_up_to_zero() => Holds("sqlite", 25, tables =>
    {
        long members = tables.Query<long>("SELECT number FROM members").Sum(member => Invoices(tables, member).Sum(invoice => invoice.Total.Micros));
        long others = tables.Find<long>("SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account IN (-1, -2, -3) AND kind = 'settlement'");
        Assert.Equal(0, members + others);
    });

    [Fact]
    public void What_is_added_up_as_blocks_come_is_what_the_invoice_says_was_saved() => Prop.ForAll(AnyCommunity.After(length: 50), story =>
    {
        using TestCommunity community = story.Run();
        using TestDatabase database = new("sqlite");
        Database opened = database.Open();
        using ProjectionRig made = ProjectionRig.Of(community, opened);
        var running = new Dictionary<(long Member, Instant From), RunningSavings>();
        foreach (FinalBlock[] blocks in community.Blocks.Chunk(5))
        {
            made.Take(blocks);
            using TableSnapshot tables = new CommunityTables(opened).Open();
            foreach (long member in tables.Query<long>("SELECT number FROM members"))
            {
                foreach (Invoice invoice in Invoices(tables, member))
                {
                    (long, Instant) key = (member, invoice.Window.From);
                    running.TryAdd(key, new RunningSavings(member, hasCorrections: true));
                    Assert.Equal(invoice.Saved, running[key].Of(tables, invoice.Window));
                }
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static void Holds(string kind, int times, Action<TableSnapshot, long> check) => Holds(kind, times, tables =>
    {
        foreach (long member in tables.Query<long>("SELECT number FROM members"))
        {
            check(tables, member);
        }
    });

    private static void Holds(string kind, int times, Action<TableSnapshot> check) => Prop.ForAll(AnyCommunity.After(length: 50), story =>
    {
        using TestCommunity community = story.Run();
        using TestDatabase database = new(kind);
        Database opened = database.Open();
        using ProjectionRig made = ProjectionRig.Of(community, opened).Take(community.Blocks);
        using TableSnapshot tables = new CommunityTables(opened).Open();
        check(tables);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    private static IReadOnlyList<Invoice> Invoices(TableSnapshot tables, long member) =>
    [
        .. Boundaries.Zip(Boundaries.Skip(1), (from, to) => InvoiceCalendar.Window(tables, default, from, to)).Select(window => Invoice.Compose(
            member,
            window,
            MemberLines.Of(tables, member, window),
            MemberLines.Metered(tables, member, window),
            MemberLines.Late(tables, member, window),
            MemberLines.Issued(tables, member))),
    ];

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
