using Commonwatt.Markets;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Tests.Projections;

public class OrderFillsTests
{
    private static readonly MemberId Buyer = new(1);
    private static readonly MemberId Seller = new(2);

    [Fact]
    public void The_best_price_is_filled_first_and_the_earlier_of_two_equal_ones()
    {
        BookPeriod period = Period();
        period.Orders[(1, 1)] = Bid(1000, 100, sequence: 1);
        period.Orders[(1, 2)] = Bid(1000, 150, sequence: 3);
        period.Orders[(1, 3)] = Bid(1000, 150, sequence: 2);

        OrderFills.Fill(period, [Trade(1200, 90)]);

        Assert.Equal(["not-filled 0", "partly-filled 200", "filled 1000"], period.Orders.Values.Select(order => $"{OrderFills.StateOf(order)} {order.Filled.WattHours}"));
    }

    [Fact]
    public void An_order_is_not_filled_by_a_trade_that_its_limit_forbids()
    {
        BookPeriod period = Period();
        period.Orders[(1, 1)] = Bid(1000, 100, sequence: 1);
        period.Orders[(1, 2)] = Bid(1000, 150, sequence: 2);

        OrderFills.Fill(period, [Trade(800, 120), Trade(400, 90)]);

        Assert.Equal([200L, 1000L], period.Orders.Values.Select(order => order.Filled.WattHours));
    }

    private static MemberTrade Trade(long quantity, long price) => new(Buyer, Seller, new Energy(quantity), new Price(price), new Energy(quantity).At(new Price(price)));

    private static BookOrder Bid(long quantity, long price, ulong sequence) =>
        new(Version: 1, Side.Buy, new Energy(quantity), new Price(price), sequence, Money.Zero, default, Height: 1, Event: 0, Receipt: 0);

    private static BookPeriod Period() => new()
    {
        Delivery = default,
        Length = TimeSpan.FromHours(1),
        OpenedAt = default,
        Gate = default,
        Deadline = default,
        IsSharing = false,
        Mechanism = "pay-as-clear",
        LocalGridFee = Price.Zero,
        OpenedHeight = 1,
        Phase = "open",
    };
}
