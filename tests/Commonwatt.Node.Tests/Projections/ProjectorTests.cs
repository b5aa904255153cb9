using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Tests.Databases;

namespace Commonwatt.Node.Tests.Projections;

public class ProjectorTests
{
    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Blocks_that_it_was_never_told_of_are_taken_from_the_ledger_s_file(string kind)
    {
        using TestCommunity community = ProjectionTests.TradedPeriod();
        using TestDatabase database = new(kind);
        RunningProjection running = new(community, database.Open());
        await using (running.Part)
        {
            await running.Part.StartAsync(TestContext.Current.CancellationToken);
            await running.ReachAsync();
        }

        using TestDatabase other = new("sqlite");
        using ProjectionRig told = ProjectionRig.Of(community, other.Open()).Take(community.Blocks);
        using ProjectionRig found = ProjectionRig.Of(community, database.Open());
        Assert.Equal(told.Dump(), found.Dump());
        Assert.Empty(running.Said);
    }

    [Fact]
    public async Task More_blocks_than_the_queue_holds_neither_wait_nor_are_lost()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("20:00", day: 20);
        Assert.True(community.Blocks.Count > 600);
        using TestDatabase database = new("sqlite");
        RunningProjection running = new(community, database.Open());
        await using (running.Part)
        {
            foreach (FinalBlock block in community.Blocks)
            {
                running.Projector.Offer(block);
            }

            await running.Part.StartAsync(TestContext.Current.CancellationToken);
            await running.ReachAsync();
            Assert.Equal(0UL, running.Projector.Status.Lag);
            Assert.True(running.Projector.Status.IsReady);
        }

        using ProjectionRig found = ProjectionRig.Of(community, database.Open());
        found.MustEqual(community.Blocks[^1]);
        Assert.Equal(community.Blocks.Count, found.Query<long>("SELECT height FROM blocks").Count);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void Tables_that_another_process_went_on_with_are_not_set_back(string kind)
    {
        using TestCommunity community = ProjectionTests.TradedPeriod();
        using TestDatabase database = new(kind);
        using ProjectionRig one = ProjectionRig.Of(community, database.Open());
        using ProjectionRig other = ProjectionRig.Of(community, database.Open());
        one.Take(community.Blocks.Take(20));
        Assert.Throws<ForkedBlocksException>(() => other.Take(community.Blocks.Take(10)));
        one.Take(community.Blocks);
        one.MustEqual(community.Blocks[^1]);

        // Opened again, it goes on from where they are.
        using ProjectionRig again = ProjectionRig.Of(community, database.Open());
        Assert.Null(again.WhyEmptied);
        Assert.Equal(community.Blocks[^1].Header.Height + 1, again.Projection.Next);
    }

    [Fact]
    public async Task A_start_after_a_crash_goes_on_behind_the_last_commit()
    {
        using TestCommunity community = ProjectionTests.TradedPeriod();
        using TestDatabase database = new("sqlite");
        using (ProjectionRig before = ProjectionRig.Of(community, database.Open()))
        {
            before.Take(community.Blocks.Take(20));
        }

        RunningProjection running = new(community, database.Open());
        await using (running.Part)
        {
            // The block that the node was told of last came after some that it never was.
            running.Projector.Offer(community.Blocks[25]);
            await running.Part.StartAsync(TestContext.Current.CancellationToken);
            await running.ReachAsync();
        }

        using ProjectionRig after = ProjectionRig.Of(community, database.Open());
        after.MustEqual(community.Blocks[^1]);
        Assert.Empty(running.Said);
    }
}
