using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class OrderTests
{
    [Fact]
    public void A_bid_sets_its_price_and_the_grid_fee_aside()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.LocalGridFee = 10_000);
        Member ben = community.At("12:10").Member("ben");
        PlacedOrder order = ben.Bids(1.5m, 0.20m).The<OrderPlaced>().Order;
        Assert.Equal("0.315000", order.Locked.ToDecimal());
        Assert.Equal("0.315000", ben.Locked);
        Assert.Equal("100.000000", ben.Balance);
    }

    [Fact]
    public void An_ask_sets_nothing_aside()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member anna = community.At("12:10").Member("anna");
        anna.Asks(5, 0.20m).Accepted();
        Assert.Equal("0.000000", anna.Locked);
    }

    [Fact]
    public void Replacing_an_order_moves_only_the_difference_and_its_place_in_the_line()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.At("12:10").Member("ben");
        ulong first = ben.Bids(1, 0.20m).The<OrderPlaced>().Order.Sequence;
        ulong second = ben.Replaces(1, OrderSide.Buy, 2, 0.15m).The<OrderPlaced>().Order.Sequence;
        Assert.True(second > first);
        Assert.Equal("0.300000", ben.Locked);
        ben.Replaces(1, OrderSide.Buy, 1, 0.10m).Accepted();
        Assert.Equal("0.100000", ben.Locked);
    }

    [Fact]
    public void A_bid_replaced_by_an_ask_sets_nothing_aside_any_more()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member anna = community.At("12:10").Member("anna");
        anna.Bids(1, 0.20m).Accepted();
        anna.Replaces(1, OrderSide.Sell, 3, 0.10m).Accepted();
        Assert.Equal("0.000000", anna.Locked);
    }

    [Fact]
    public void A_withdrawn_order_releases_its_money_and_does_not_trade()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("12:10").Member("anna").Asks(1, 0.10m).Accepted();
        Member ben = community.Member("ben");
        ben.Bids(1, 0.20m).Accepted();
        ben.Withdraws().Accepted();
        Assert.Equal("0.000000", ben.Locked);
        Assert.Empty(community.At("13:00").All<MarketCleared>()[0].Trades.Trades);
        ben.Withdraws().Refused("gate-closed");
    }

    [Fact]
    public void Without_money_there_is_no_bid_and_the_answer_says_how_much_is_missing()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member poor = community.At("12:10").Joins("poor", deposit: 0.10m);
        poor.Bids(1, 0.25m).Refused(
            "insufficient-funds",
            "This order sets 0.250000 aside, and 0.100000 is available: 0.150000 is missing. Ask the manager to book a deposit, or bid for less.");
        poor.Bids(1, 0.10m).Accepted();
        Assert.Equal("0.100000", poor.Locked);
    }

    [Fact]
    public void Two_orders_alike_are_two_orders()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("12:10").Member("anna").Asks(4, 0.10m).Accepted();
        community.Member("ben").Bids(1, 0.20m, label: 1).Accepted();
        community.Member("ben").Bids(1, 0.20m, label: 2).Accepted();
        MarketCleared cleared = community.At("12:55").All<MarketCleared>()[0];
        Assert.Equal(2, cleared.Trades.Trades.Length);
        Assert.Equal(new Energy(2000), cleared.Trades.Trades[0].Quantity + cleared.Trades.Trades[1].Quantity);
    }

    [Fact]
    public void What_clearing_does_not_use_is_released_in_the_same_block()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.LocalGridFee = 10_000);
        community.At("12:10").Member("anna").Asks(2, 0.08m).Accepted();
        Member ben = community.Member("ben");
        Member dora = community.Member("dora");
        ben.Bids(4, 0.16m).Accepted();
        dora.Bids(3, 0.05m).Accepted();
        Assert.Equal(("0.680000", "0.180000"), (ben.Locked, dora.Locked));
        community.At("12:55");

        // The last bid is filled in part, so that it sets the price: 2 kWh at 0.16 and the fee.
        Assert.Equal(("0.340000", "0.000000"), (ben.Locked, dora.Locked));
        community.At("14:30");
        Assert.Equal("0.000000", ben.Locked);
    }

    [Fact]
    public void A_member_sells_at_most_what_his_assets_deliver_over_all_his_asks()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member anna = community.At("12:10").Member("anna");
        anna.Asks(6, 0.10m, label: 1).Accepted();
        anna.Asks(5, 0.10m, label: 2).Refused("over-capacity", "Your registered assets deliver 10.000 kWh in this period: asks for 11.000 kWh exceed it.");
        anna.Asks(4, 0.10m, label: 2).Accepted();
        anna.Replaces(1, OrderSide.Sell, 6, 0.11m).Accepted();
        anna.Bids(20, 0.10m, label: 3).Accepted();
    }

    [Fact]
    public void A_member_buys_at_most_what_his_connection_carries()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.PeriodMinutes = 15);
        Member ben = community.At("12:10").Member("ben");
        ben.Bids(5.001m, 0.10m).Refused("over-capacity", "Your connection of 20.000 kW carries 5.000 kWh in this period: bids for 5.001 kWh exceed it.");
        ben.Bids(5, 0.10m).Accepted();
        ben.Asks(0.001m, 0.10m, label: 2).Refused("over-capacity", "Your registered assets deliver 0.000 kWh in this period: asks for 0.001 kWh exceed it.");
    }

    [Fact]
    public void A_member_suspended_while_the_gate_is_open_keeps_his_orders_and_may_only_withdraw_them()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.At("12:10").Member("ben");
        ben.Bids(1, 0.20m, label: 1).Accepted();
        ben.Bids(1, 0.20m, label: 2).Accepted();
        community.Manager.Calls("registry", "suspend-member", new SuspendMember { Member = ben.Bytes, Suspended = true }).Accepted();
        ben.Bids(1, 0.20m, label: 3).Refused("not-a-member");
        ben.Replaces(1, OrderSide.Buy, 1, 0.10m).Refused("not-a-member");
        ben.Withdraws(2).Accepted();
        community.Member("anna").Asks(1, 0.10m).Accepted();
        Assert.Single(community.At("12:55").All<MarketCleared>()[0].Trades.Trades);
    }

    [Fact]
    public void A_member_who_trades_with_himself_pays_the_grid_fee_alone()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.LocalGridFee = 10_000);
        Member anna = community.At("12:10").Member("anna");
        anna.Asks(2, 0.10m, label: 1).Accepted();
        anna.Bids(2, 0.10m, label: 2).Accepted();
        community.At("14:05");
        anna.Reports(0).Accepted();
        community.At("14:30");
        Assert.Equal("99.980000", anna.Balance);
    }
}
