using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class PeriodLifeTests
{
    [Fact]
    public void A_period_opens_closes_clears_is_delivered_and_settles_by_itself_at_the_exact_times()
    {
        using TestCommunity community = TestCommunity.Trading();
        Assert.Null(community.At("11:59").StateOfPeriod());
        Assert.Equal(PeriodState.AcceptingOrders, community.At("12:00").StateOfPeriod());
        Assert.Equal(PeriodState.AcceptingOrders, community.At("12:54").StateOfPeriod());
        Assert.Equal(PeriodState.Cleared, community.At("12:55").StateOfPeriod());
        Assert.Equal(PeriodState.Delivering, community.At("13:00").StateOfPeriod());
        Assert.Equal(PeriodState.Delivering, community.At("13:59").StateOfPeriod());
        Assert.Equal(PeriodState.AwaitingReadings, community.At("14:00").StateOfPeriod());
        Assert.Equal(PeriodState.AwaitingReadings, community.At("14:29").StateOfPeriod());
        Assert.Null(community.At("14:30").StateOfPeriod());

        Assert.Equal(TestCommunity.Time("12:00"), community.TimesOf<ListingOpened>()[0]);
        Assert.Equal(TestCommunity.Time("12:55"), community.TimesOf<MarketCleared>()[0]);
        Assert.Equal(TestCommunity.Time("14:30"), community.TimesOf<PeriodSettled>()[0]);
        Assert.Equal(new ListingOpened(TestCommunity.Time("13:00"), TestCommunity.Time("12:55")), community.All<ListingOpened>()[0]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void Periods_of_every_length_follow_each_other_without_a_gap(int minutes)
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.PeriodMinutes = (uint)minutes);
        community.At("17:00");
        var length = TimeSpan.FromMinutes(minutes);
        IReadOnlyList<PeriodSettled> settled = community.All<PeriodSettled>();

        // The last that is due by 17:00 ends at 16:30 or before.
        Assert.Equal((int)(TimeSpan.FromMinutes(210).Ticks / length.Ticks), settled.Count);
        for (int index = 0; index < settled.Count; index++)
        {
            Instant delivery = TestCommunity.Time("13:00") + (length * index);
            Assert.Equal(delivery, settled[index].Delivery);
            Assert.Equal(delivery - TimeSpan.FromHours(1), community.TimesOf<ListingOpened>()[index]);
            Assert.Equal(delivery - TimeSpan.FromMinutes(5), community.TimesOf<MarketCleared>()[index]);
            Assert.Equal(delivery + length + TimeSpan.FromMinutes(30), community.TimesOf<PeriodSettled>()[index]);
        }

        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void What_fell_due_while_all_nodes_were_down_happens_in_order_in_the_next_block()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("12:10").Member("ben").Bids(1, 0.15m).Accepted();
        community.DownUntil("18:00", day: 1);
        Assert.Equal(28, community.All<PeriodSettled>().Count);
        Assert.Equal(Money.Zero, community.Member("ben").Account.Locked);
        community.For("18:00", day: 1);
        community.Member("ben").Bids(1, 0.15m).Refused("gate-closed");
        community.For("19:00", day: 1).Member("ben").Bids(1, 0.15m).Accepted();
        community.EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }
}
