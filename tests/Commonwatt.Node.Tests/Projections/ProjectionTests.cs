using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Tests.Databases;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Node.Tests.Projections;

public class ProjectionTests
{
    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void A_traded_period_stands_in_the_tables_as_it_happened(string kind)
    {
        using TestCommunity community = TradedPeriod();
        using TestDatabase database = new(kind);
        using ProjectionRig tables = ProjectionRig.Of(community, database.Open()).Take(community.Blocks);

        Assert.Equal(
            ["1 sell 1: 1500 Wh filled, 1500 traded", "2 buy 1: 1000 Wh replaced, 0 traded", "2 buy 2: 3000 Wh partly-filled, 1500 traded", "4 buy 1: 2000 Wh withdrawn, 0 traded"],
            tables.Query<string>("SELECT member || ' ' || side || ' ' || version || ': ' || quantity_wh || ' Wh ' || state || ', ' || filled_wh || ' traded' FROM orders ORDER BY member, label, version"));
        Assert.Equal(["2 of 1: 1500"], tables.Query<string>("SELECT buyer || ' of ' || seller || ': ' || quantity_wh FROM trades"));
        Assert.Equal(
            ["corrected 1500 2500 1400 1"],
            tables.Query<string>("SELECT phase || ' ' || traded_wh || ' ' || drawn_wh || ' ' || fed_wh || ' ' || estimates FROM periods WHERE delivery = @delivery", new { delivery = community.Delivery.UnixMilliseconds }));
        Assert.Equal([0L], tables.Query<long>("SELECT CAST(SUM(balance) AS BIGINT) FROM accounts"));
    }

    [Fact]
    public void Accounts_are_those_of_the_ledger_after_every_block_whatever_people_do() =>
        Prop.ForAll(AnyCommunity.After(length: 50), story =>
        {
            using TestCommunity community = story.Run();
            using TestDatabase database = new("sqlite");
            EveryBlockMustEqual(community, database.Open());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void They_are_so_in_PostgreSQL_as_well() =>
        Prop.ForAll(AnyCommunity.After(length: 50), story =>
        {
            using TestCommunity community = story.Run();
            using TestDatabase database = new("postgres");
            EveryBlockMustEqual(community, database.Open());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3));

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void Tables_that_are_made_block_by_block_with_restarts_are_those_that_are_made_at_once(string kind) =>
        Prop.ForAll(AnyCommunity.After(length: 50), story =>
        {
            using TestCommunity community = story.Run();
            using TestDatabase once = new("sqlite");
            using ProjectionRig whole = ProjectionRig.Of(community, once.Open()).Take(community.Blocks);
            using TestDatabase again = new(kind);
            string dump = "";
            foreach (FinalBlock[] part in community.Blocks.Chunk(7))
            {
                using ProjectionRig restarted = ProjectionRig.Of(community, again.Open()).Take(part);
                Assert.Null(restarted.WhyEmptied);
                dump = restarted.Dump();
            }

            Assert.Equal(whole.Dump(), dump);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3));

    [Fact]
    public void Tables_that_are_made_from_the_ledger_s_file_are_those_that_are_made_as_it_happens()
    {
        using TestCommunity community = TradedPeriod();
        using TestDatabase live = new("sqlite");
        using ProjectionRig told = ProjectionRig.Of(community, live.Open()).Take(community.Blocks);
        using TestDatabase late = new("sqlite");
        using ProjectionRig replayed = ProjectionRig.Of(community, late.Open());

        replayed.Take(ProjectionRig.BlocksOf(community).Blocks(0, community.Blocks[^1].Header.Height));

        Assert.Equal(told.Dump(), replayed.Dump());
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void Tables_of_another_ledger_are_made_anew(string kind)
    {
        using TestCommunity community = TradedPeriod();
        using TestCommunity other = TestCommunity.Founded();
        other.At("09:00");
        using TestDatabase database = new(kind);
        using (ProjectionRig.Of(community, database.Open()).Take(community.Blocks))
        {
        }

        using ProjectionRig tables = new(database.Open(), GenesisOfAnother(), ProjectionRig.BlocksOf(community));

        Assert.Equal("they are of another ledger", tables.WhyEmptied);
        Assert.Equal(0UL, tables.Projection.Next);
        Assert.Empty(tables.Query<long>("SELECT height FROM blocks"));
    }

    [Fact]
    public void Tables_beyond_the_end_of_a_ledger_that_was_brought_back_are_made_anew()
    {
        using TestCommunity community = TradedPeriod();
        using TestCommunity before = TestCommunity.Founded();
        using TestDatabase database = new("sqlite");
        using (ProjectionRig.Of(community, database.Open()).Take(community.Blocks))
        {
        }

        using ProjectionRig tables = ProjectionRig.Of(before, database.Open());

        Assert.Equal("the ledger's file holds another history than they were made from", tables.WhyEmptied);
        Assert.Equal(0UL, tables.Projection.Next);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void What_was_not_committed_when_the_node_was_killed_goes_in_once_afterwards(string kind)
    {
        using TestCommunity community = TradedPeriod();
        using TestDatabase database = new(kind);
        using (ProjectionRig killed = ProjectionRig.Of(community, database.Open()))
        {
            killed.Take(community.Blocks.Take(10));
            Assert.Throws<IOException>(() => killed.Take(community.Blocks.Take(20).Concat(Breaking())));
            Assert.Equal([9L], killed.Query<long>("SELECT height FROM position"));
            Assert.Equal(10, killed.Query<long>("SELECT height FROM blocks").Count);
        }

        using TestDatabase other = new("sqlite");
        using ProjectionRig whole = ProjectionRig.Of(community, other.Open()).Take(community.Blocks);
        using ProjectionRig restarted = ProjectionRig.Of(community, database.Open()).Take(community.Blocks);
        Assert.Equal(whole.Dump(), restarted.Dump());

        static IEnumerable<FinalBlock> Breaking() => Enumerable.Range(0, 1).Select<int, FinalBlock>(_ => throw new IOException("The power went."));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void A_refused_call_with_any_name_does_not_stop_the_tables(string kind)
    {
        using TestCommunity community = TestCommunity.Trading();
        community.Member("anna").Calls("no\0such", new string('m', 500), new Transfer()).Refused("no-such-contract");
        using TestDatabase database = new(kind);
        using ProjectionRig tables = ProjectionRig.Of(community, database.Open()).Take(community.Blocks);

        string name = Assert.Single(tables.Query<string>("SELECT first_call FROM transactions WHERE is_done = 0"));
        Assert.StartsWith("no\uFFFDsuch.mmm", name, StringComparison.Ordinal);
    }

    private static void EveryBlockMustEqual(TestCommunity community, Database database)
    {
        using ProjectionRig tables = ProjectionRig.Of(community, database);
        foreach (FinalBlock block in community.Blocks)
        {
            tables.Take([block]).MustEqual(block);
        }
    }

    private static Ledger.Blocks.LedgerGenesis GenesisOfAnother()
    {
        using TestCommunity community = TestCommunity.Founded();
        return Ledger.Blocks.LedgerGenesis.Create("Another", community.Genesis.Time, community.Genesis.Validators, community.Genesis.Rules, community.Genesis.Calls, hasSignatures: false);
    }

    internal static TestCommunity TradedPeriod()
    {
        TestCommunity community = TestCommunity.Trading(rules => rules.LocalGridFee = 10_000);
        community.At("12:10");
        community.Member("anna").Asks(1.5m, 0.10m).Accepted();
        community.Member("ben").Bids(1, 0.15m).Accepted();
        community.Member("ben").Replaces(1, OrderSide.Buy, 3, 0.16m).Accepted();
        community.Member("dora").Bids(2, 0.11m).Accepted();
        community.Member("dora").Withdraws().Accepted();
        community.At("14:05");
        community.Member("anna").Reports(0, 1.4m).Accepted();
        community.Member("ben").Reports(2).Accepted();
        community.At("15:00");
        community.Gateway.Calls("metering", "submit", community.Member("dora").Reading(0.5m)).Accepted();
        community.Gateway.Calls("market", "correct", new CorrectPeriod { DeliveryMs = community.Delivery.UnixMilliseconds }).Accepted();
        Assert.NotEmpty(community.All<PeriodCorrected>());
        return community;
    }
}
