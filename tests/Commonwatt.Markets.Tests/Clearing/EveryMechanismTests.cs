namespace Commonwatt.Markets.Tests.Clearing;

/// <summary>What market.md promises of every mechanism on orders.</summary>
public sealed class EveryMechanismTests
{
    [Fact]
    public void Nobody_buys_above_or_sells_below_the_limit_he_named() => ForEveryClearing((orders, clearing) =>
    {
        foreach (Trade trade in clearing.Trades)
        {
            Assert.True(trade.Price <= orders[trade.Buy].LimitPrice);
            Assert.True(trade.Price >= orders[trade.Sell].LimitPrice);
        }
    });

    [Fact]
    public void No_order_fills_beyond_its_quantity() => ForEveryClearing((orders, clearing) =>
    {
        foreach (Order order in orders.Values)
        {
            IEnumerable<Trade> filling = clearing.Trades.Where(trade => trade.Buy == order.Id || trade.Sell == order.Id);
            Assert.True(filling.Sum(trade => trade.Quantity.WattHours) <= order.Quantity.WattHours);
        }
    });

    [Fact]
    public void Every_trade_has_a_bid_an_ask_a_quantity_and_the_amount_of_its_price() => ForEveryClearing((orders, clearing) =>
    {
        foreach (Trade trade in clearing.Trades)
        {
            Assert.Equal(Side.Buy, orders[trade.Buy].Side);
            Assert.Equal(Side.Sell, orders[trade.Sell].Side);
            Assert.True(trade.Quantity > Energy.Zero);
            Assert.Equal(trade.Quantity.WattHours * trade.Price.MicrosPerKilowattHour / 1000, trade.Amount.Micros);
        }
    });

    [Fact]
    public void One_price_is_the_price_of_every_trade() => ForEveryClearing((_, clearing) =>
    {
        if (clearing.Price is { } price)
        {
            Assert.All(clearing.Trades, trade => Assert.Equal(price, trade.Price));
        }
    });

    [Fact]
    public void How_orders_are_stored_makes_no_difference() => Property.Holds(Book.Twice, books =>
    {
        foreach (IMarketMechanism mechanism in Book.Mechanisms())
        {
            MarketClearing one = mechanism.Clear(Book.For(mechanism, books.Book));
            MarketClearing other = mechanism.Clear(Book.For(mechanism, books.Shuffled));
            Assert.Equal(one.Price, other.Price);
            Assert.Equal(one.Trades, other.Trades);
        }
    });

    [Fact]
    public void The_efficient_mechanisms_reach_the_greatest_welfare_that_any_choice_of_units_reaches() => Property.Holds(Book.Random, book =>
    {
        Order[] few = [.. book.Take(7)];
        long best = BestWelfare.Of(few);
        foreach (IMarketMechanism mechanism in Book.Mechanisms(Book.Efficient))
        {
            MarketClearing clearing = mechanism.Clear(few);
            long welfare = clearing.Trades.Sum(trade => trade.Quantity.WattHours * (Price(few, trade.Buy) - Price(few, trade.Sell))) / 1000;
            Assert.Equal(best, welfare);
        }
    });

    [Fact]
    public void Two_orders_alike_are_two_orders()
    {
        foreach (string name in Book.Efficient)
        {
            MarketClearing clearing = Mechanisms.Find(name).Clear([Book.Ask(1, 1000, 5), Book.Ask(2, 1000, 5), Book.Bid(3, 2000, 5)]);
            Assert.Equal(["3<-1 1000@5", "3<-2 1000@5"], Book.Describe(clearing));
        }
    }

    [Fact]
    public void A_mechanism_is_found_by_its_name()
    {
        Assert.All(Mechanisms.Names, name => Assert.Equal(name, Mechanisms.Find(name).Name));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Mechanisms.Find("lottery"));
        Assert.StartsWith("'lottery' is no market mechanism: choose one of pay-as-clear, ", error.Message, StringComparison.Ordinal);
    }

    private static long Price(Order[] book, OrderId id) => book.Single(order => order.Id == id).LimitPrice.MicrosPerKilowattHour;

    private static void ForEveryClearing(Action<IReadOnlyDictionary<OrderId, Order>, MarketClearing> check) => Property.Holds(Book.Random, book =>
    {
        foreach (IMarketMechanism mechanism in Book.Mechanisms())
        {
            check(book.ToDictionary(order => order.Id), mechanism.Clear(Book.For(mechanism, book)));
        }
    });
}
