using Commonwatt.Markets.Clearing;

namespace Commonwatt.Markets.Tests.Clearing;

public sealed class TradeReductionTests
{
    [Fact]
    public void No_member_gains_by_naming_another_price_than_his_own() => Property.Holds(
        Book.Random,
        book =>
        {
            foreach (Rationing rationing in Book.Rationings)
            {
                TradeReduction mechanism = new(rationing);
                MarketClearing honest = mechanism.Clear(book);
                for (int index = 0; index < book.Length; index++)
                {
                    for (long named = 0; named <= 10; named++)
                    {
                        Order[] bent = [.. book];
                        bent[index] = book[index] with { LimitPrice = new Price(named) };
                        Assert.True(Gain(book[index], mechanism.Clear(bent)) <= Gain(book[index], honest));
                    }
                }
            }
        },
        times: 300);

    [Fact]
    public void One_price_for_all_could_be_moved_by_holding_back_which_is_why_halves_price_each_other()
    {
        Order seller = Book.Ask(1, 3000, 5);
        Order[] book = [seller, Book.Bid(2, 1000, 10), Book.Bid(3, 1000, 8), Book.Bid(4, 1000, 6)];
        Order[] bent = [seller with { LimitPrice = new Price(7) }, .. book[1..]];

        Assert.True(Gain(seller, new PayAsClear().Clear(bent)) > Gain(seller, new PayAsClear().Clear(book)));
        Assert.Equal(Gain(seller, new TradeReduction().Clear(book)), Gain(seller, new TradeReduction().Clear(bent)));
    }

    [Fact]
    public void Each_half_trades_at_the_price_that_clears_the_other()
    {
        // Members 1, 3, 5, 7 are the first half, clearing at (10 + 4) / 2; members 2, 4, 6, 8 the second, clearing at (9 + 6) / 2.
        Order[] book =
        [
            Book.Bid(1, 1000, 10), Book.Bid(2, 1000, 9), Book.Ask(3, 1000, 4), Book.Ask(4, 1000, 6),
            Book.Bid(5, 1000, 2), Book.Bid(6, 1000, 3), Book.Ask(7, 1000, 11), Book.Ask(8, 1000, 12),
        ];

        MarketClearing clearing = new TradeReduction().Clear(book);

        Assert.Equal(["1<-3 1000@7", "2<-4 1000@7"], Book.Describe(clearing));
    }

    [Fact]
    public void All_orders_of_a_member_are_in_one_half()
    {
        Order[] book = [Book.Bid(1, 1000, 10), Book.Bid(2, 1000, 10), Book.Ask(3, 1000, 5), Book.Ask(4, 1000, 5)];
        Order[] ofOneMember = [book[0], book[1] with { Member = book[0].Member }, book[2], book[3] with { Member = book[2].Member }];

        Assert.Equal(2, new TradeReduction().Clear(book).Trades.Count);
        Assert.Empty(new TradeReduction().Clear(ofOneMember).Trades);
    }

    [Fact]
    public void In_a_large_market_little_is_lost()
    {
        Random random = new(3);
        Order[] book = new Order[2000];
        for (int index = 0; index < book.Length; index++)
        {
            (long wattHours, long price) = (random.Next(1, 6) * 1000, random.Next(1000));
            book[index] = index % 2 == 0 ? Book.Bid(index, wattHours, price) : Book.Ask(index, wattHours, price);
        }

        long reached = Welfare(book, new TradeReduction().Clear(book));
        long best = Welfare(book, new PayAsClear().Clear(book));

        Assert.InRange(reached, best * 90 / 100, best);
    }

    // What the member keeps, in micro-currency: the worth of what he bought beyond what he paid, or his income beyond his own price.
    private static long Gain(Order own, MarketClearing clearing) => clearing.Trades.Sum(trade =>
        trade.Buy == own.Id ? own.Worth(trade) - trade.Amount.Micros
        : trade.Sell == own.Id ? trade.Amount.Micros - own.Worth(trade)
        : 0);

    private static long Welfare(Order[] book, MarketClearing clearing) =>
        clearing.Trades.Sum(trade => book[trade.Buy.Value].Worth(trade) - book[trade.Sell.Value].Worth(trade));
}

internal static class OrderWorth
{
    public static long Worth(this Order order, Trade trade) => trade.Quantity.At(order.LimitPrice).Micros;
}
