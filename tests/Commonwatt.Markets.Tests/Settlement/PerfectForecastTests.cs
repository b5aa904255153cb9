using Commonwatt.Markets.Settlement;
using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Markets.Tests.Settlement;

/// <summary>The known answer of the design: with perfect forecasts the bills add up to what the community as one customer would pay.</summary>
public sealed class PerfectForecastTests
{
    private static readonly Gen<(long[] Nets, long[] Limits)> Communities =
        from count in Gen.Choose(1, 10)
        from nets in Gen.ArrayOf(Gen.Choose(-5, 5).Select(kilowattHours => kilowattHours * 1000L), count)
        from limits in Gen.ArrayOf(Gen.Choose(0, 85).Select(step => step * 1000L), count)
        select (nets, limits);

    [Fact]
    public void With_a_market_the_bills_add_up_to_those_of_one_customer() => Property.Holds(Communities, community =>
    {
        foreach (string mechanism in Book.Efficient)
        {
            Period period = new(Trades(community, mechanism), Metered(community.Nets));

            Assert.Equal(Bill(community.Nets.Sum()), Bills(period));
        }
    });

    [Fact]
    public void Without_a_market_every_member_pays_his_own() => Property.Holds(Communities, community =>
    {
        Assert.Equal(community.Nets.Sum(Bill), Bills(new Period([], Metered(community.Nets))));
    });

    // Bids from the middle of feed-in and retail up, asks from there down: every surplus meets every deficit.
    private static MemberTrade[] Trades((long[] Nets, long[] Limits) community, string mechanism)
    {
        Order[] orders = [.. community.Nets
            .Select((net, index) => net > 0
                ? Book.Bid(index, net, 135_000 + community.Limits[index])
                : Book.Ask(index, -net, 135_000 - community.Limits[index]))
            .Where(order => order.Quantity > Energy.Zero)];
        return [.. Mechanisms.Find(mechanism).Clear(orders).Trades
            .Select(trade => new MemberTrade(new(trade.Buy.Value), new(trade.Sell.Value), trade.Quantity, trade.Price, trade.Amount))];
    }

    private static MeteredEnergy[] Metered(long[] nets) => [.. nets.Select((net, index) => Period.Meter(index, net))];

    private static long Bills(Period period) => -Period.Balances(period.Settle(Period.Plain))
        .Where(balance => balance.Key.Kind == PartyKind.Member)
        .Sum(balance => balance.Value);

    private static long Bill(long net) => (220 * long.Max(0, net)) - (50 * long.Max(0, -net));
}
