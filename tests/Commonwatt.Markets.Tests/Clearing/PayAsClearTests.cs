using Commonwatt.Markets.Clearing;

namespace Commonwatt.Markets.Tests.Clearing;

public sealed class PayAsClearTests
{
    [Fact]
    public void A_bid_below_every_ask_does_not_trade()
    {
        MarketClearing clearing = new PayAsClear().Clear([Book.Bid(1, 1000, 9), Book.Ask(2, 1000, 10)]);

        Assert.Null(clearing.Price);
        Assert.Empty(clearing.Trades);
        Assert.Equal(Energy.Zero, clearing.TradedEnergy);
    }

    [Fact]
    public void The_price_is_the_middle_of_all_prices_that_clear()
    {
        // The first rejected bid of 12 and the last accepted bid of 20 bound the price from below and above.
        MarketClearing clearing = new PayAsClear().Clear([Book.Bid(1, 1000, 20), Book.Bid(2, 1000, 12), Book.Ask(3, 1000, 5)]);

        Assert.Equal(new Price(16), clearing.Price);
        Assert.Equal(["1<-3 1000@16"], Book.Describe(clearing));
    }

    [Fact]
    public void An_order_filled_in_part_sets_the_price() =>
        Assert.Equal(new Price(20), new PayAsClear().Clear([Book.Bid(1, 3000, 20), Book.Ask(2, 1000, 5)]).Price);

    [Fact]
    public void No_rejected_order_would_have_traded_at_the_clearing_price() => Property.Holds(Book.Random, book =>
    {
        foreach (Rationing rationing in Book.Rationings)
        {
            MarketClearing clearing = new PayAsClear(rationing).Clear(book);
            foreach (Order order in book.Where(order => clearing.Price is not null && Filled(clearing, order) < order.Quantity))
            {
                Price price = clearing.Price!.Value;
                Assert.True(order.Side == Side.Buy ? order.LimitPrice <= price : order.LimitPrice >= price);
            }
        }
    });

    [Fact]
    public void Equal_prices_at_the_margin_fill_by_arrival_or_share_by_quantity()
    {
        Order[] book = [Book.Bid(1, 3000, 10), Book.Bid(2, 1000, 10), Book.Bid(3, 500, 20), Book.Ask(4, 2500, 5)];

        Assert.Equal(["3<-4 500@10", "1<-4 2000@10"], Book.Describe(new PayAsClear().Clear(book)));
        Assert.Equal(["3<-4 500@10", "1<-4 1500@10", "2<-4 500@10"], Book.Describe(new PayAsClear(Rationing.ProRata).Clear(book)));
    }

    [Fact]
    public void Being_early_is_no_advantage_where_equal_prices_share() => Property.Holds(Book.Random, book =>
    {
        MarketClearing clearing = new PayAsClear(Rationing.ProRata).Clear(book);
        foreach (Order one in book)
        {
            foreach (Order other in book.Where(other => other.Side == one.Side && other.LimitPrice == one.LimitPrice && other.Quantity == one.Quantity))
            {
                Assert.InRange((Filled(clearing, one) - Filled(clearing, other)).WattHours, -1, 1);
            }
        }
    });

    private static Energy Filled(MarketClearing clearing, Order order) =>
        new(clearing.Trades.Where(trade => trade.Buy == order.Id || trade.Sell == order.Id).Sum(trade => trade.Quantity.WattHours));
}
