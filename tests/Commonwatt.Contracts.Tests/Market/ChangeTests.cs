using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class ChangeTests
{
    [Fact]
    public void The_period_length_changes_on_the_hour_in_the_middle_of_a_running_market()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("12:30");
        Change(community, "15:00", rules => rules.PeriodMinutes = 15).Accepted();
        Change(community, "16:00", rules => rules.PeriodMinutes = 60).Accepted();
        community.At("18:00");
        Assert.Equal(
            ["13:00", "14:00", "15:00", "15:15", "15:30", "15:45", "16:00"],
            community.All<PeriodSettled>().Select(settled => settled.Delivery.ToDateTimeOffset().ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        community.EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }

    [Fact]
    public void The_rules_of_a_period_that_has_opened_stand_fast()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.ListingLeadMs = TestCommunity.Minutes(180));
        community.At("12:30");
        Change(community, "15:00", rules => rules.PeriodMinutes = 15).Refused(
            "wrong-time",
            "Deliveries up to 2024-06-01T16:00:00Z have opened by the rules in force: choose an hour from then on, not 2024-06-01T15:00:00Z.");
        Change(community, "16:00", rules => rules.PeriodMinutes = 15).Accepted();
        community.At("20:00").EveryScheduledCallWasDone();
    }

    [Fact]
    public void Periods_settle_in_order_where_the_deadline_becomes_shorter()
    {
        using TestCommunity community = TestCommunity.Trading(rules =>
            (rules.ReadingDeadlineMs, rules.CorrectionWindowMs) = (TestCommunity.Minutes(24 * 60), TestCommunity.Minutes(48 * 60)));
        Change(community, "15:00", rules => rules.ReadingDeadlineMs = TestCommunity.Minutes(1)).Accepted();
        community.Manager.Calls("governance", "set-tariffs", TestCommunity.Tariff(TestCommunity.Time("15:00").UnixMilliseconds, 0.30m, 0.05m)).Accepted();
        Stop(community, "20:00").Accepted();
        community.At("20:00").Member("ben").Reports(1).Accepted();
        community.At("20:00", day: 2);
        IReadOnlyList<PeriodSettled> settled = community.All<PeriodSettled>();
        Assert.Equal(settled.Select(period => period.Delivery).Order(), settled.Select(period => period.Delivery));
        Assert.Equal("99.800000", community.Member("ben").Balance);
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_gate_that_moves_before_the_listing_leaves_it_without_orders_and_harms_nothing()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("13:30");
        Change(community, "15:00", rules => (rules.ListingLeadMs, rules.GateLeadMs) = (TestCommunity.Minutes(300), TestCommunity.Minutes(240))).Accepted();
        community.For("15:00").At("14:00").Member("ben").Bids(1, 0.1m).Refused("gate-closed");
        community.At("20:00").EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_stopped_market_finishes_what_it_opened_and_starts_again()
    {
        using TestCommunity community = TestCommunity.Trading();
        SettlementTests.SellsToBen(community.At("12:10"));
        Stop(community, "13:00").Accepted();
        Stop(community, "13:00").Refused("not-started", "The market does not run.");
        community.At("13:30");
        Assert.Single(community.All<ListingOpened>());
        Start(community, "13:00").Refused("wrong-time");
        Start(community, "16:00").Accepted();
        Start(community, "17:00").Refused("already-started", "The market runs already.");
        community.At("18:00");
        Assert.Equal([TestCommunity.Time("13:00"), TestCommunity.Time("16:00")], community.All<PeriodSettled>().Select(settled => settled.Delivery));
        community.EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }

    [Fact]
    public void A_market_stopped_with_listings_open_cannot_open_them_again()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.ListingLeadMs = TestCommunity.Minutes(24 * 60));
        community.At("12:10");
        Stop(community, "12:00").Accepted();
        Start(community, "15:00").Refused(
            "wrong-time",
            "Deliveries up to 2024-06-02T13:00:00Z have opened before: start from then on, not at 2024-06-01T15:00:00Z.");
        Start(community, "13:00", day: 1).Accepted();
        community.At("20:00", day: 2);
        Assert.Equal(54, community.All<PeriodSettled>().Count);
        Assert.Equal(54, community.All<PeriodSettled>().Select(settled => settled.Delivery).Distinct().Count());
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_start_by_mistake_in_the_far_future_can_be_taken_back()
    {
        using TestCommunity community = TestCommunity.Trading();
        Stop(community, "12:00").Accepted();
        Start(community, "13:00", day: 9_000).Accepted();
        Stop(community, "12:00").Accepted();
        Start(community, "13:00").Accepted();
        community.At("15:00");
        Assert.Single(community.All<PeriodSettled>());
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_market_started_off_the_grid_of_rules_set_later_goes_on_where_their_grid_does()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.PeriodMinutes = 15);
        Stop(community, "12:00").Accepted();
        Start(community, "15:15").Accepted();
        Change(community, "15:00", rules => rules.PeriodMinutes = 60).Accepted();
        community.At("18:00");
        Assert.Equal(TestCommunity.Time("16:00"), community.All<PeriodSettled>()[0].Delivery);
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_market_stopped_ahead_ends_with_the_last_delivery_named()
    {
        using TestCommunity community = TestCommunity.Trading();
        Stop(community, "15:00").Accepted();
        community.At("20:00");
        Assert.Equal(3, community.All<PeriodSettled>().Count);
        Start(community, "22:00").Accepted();
        Assert.Equal(4, community.At("23:59").All<PeriodSettled>().Count);
    }

    private static Reply Change(TestCommunity community, string from, Action<SetParameters> change)
    {
        SetParameters parameters = TestCommunity.Parameters();
        parameters.FromMs = TestCommunity.Time(from).UnixMilliseconds;
        change(parameters);
        return community.Manager.Calls("governance", "set-parameters", parameters);
    }

    private static Reply Stop(TestCommunity community, string last, int day = 0) =>
        community.Manager.Calls("market", "stop", new StopMarket { LastDeliveryMs = TestCommunity.Time(last, day).UnixMilliseconds });

    private static Reply Start(TestCommunity community, string first, int day = 0) =>
        community.Manager.Calls("market", "start", new StartMarket { FirstDeliveryMs = TestCommunity.Time(first, day).UnixMilliseconds });
}
