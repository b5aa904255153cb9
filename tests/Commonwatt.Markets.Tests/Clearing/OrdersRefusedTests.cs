namespace Commonwatt.Markets.Tests.Clearing;

public sealed class OrdersRefusedTests
{
    [Theory]
    [InlineData(0, 5, "Order 7 has the quantity 0 Wh: it must be more than zero.")]
    [InlineData(-1, 5, "Order 7 has the quantity -1 Wh: it must be more than zero.")]
    [InlineData(1, -5, "Order 7 has the limit price -5 micro-currency per kWh: it must be zero or more.")]
    public void An_impossible_order_is_named(long quantity, long price, string expected) => Assert.All(Mechanisms.Names, name => Assert.Equal(
        expected,
        Assert.Throws<ArgumentException>(() => Mechanisms.Find(name).Clear([Book.Bid(7, quantity, price)])).Message));

    [Fact]
    public void Orders_that_share_a_sequence_number_are_named()
    {
        Order[] book = [Book.Ask(4, 1, 1, sequence: 9), Book.Bid(3, 1, 1, sequence: 9), Book.Bid(5, 1, 1, sequence: 8)];

        Assert.All(Mechanisms.Names.Where(name => name != "reverse-auction"), name => Assert.Equal(
            "Orders 3 and 4 share the sequence number 9: each order needs its own.",
            Assert.Throws<ArgumentException>(() => Mechanisms.Find(name).Clear(book)).Message));
    }

    [Fact]
    public void An_amount_beyond_a_long_is_an_error_and_no_wrap()
    {
        Order[] book = [Book.Bid(1, long.MaxValue, long.MaxValue), Book.Ask(2, long.MaxValue, long.MaxValue)];

        OverflowException error = Assert.Throws<OverflowException>(() => Mechanisms.Find("pay-as-clear").Clear(book));
        Assert.Contains("the largest amount of money there is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_may_span_the_whole_range_of_a_long()
    {
        Order[] book = [Book.Bid(1, 1, 5, long.MaxValue), Book.Bid(2, 1, 5, long.MinValue), Book.Bid(3, 1, 5, 0), Book.Ask(4, 2, 5, 1)];

        Assert.Equal(["2<-4 1@5", "3<-4 1@5"], Book.Describe(Mechanisms.Find("pay-as-clear").Clear(book)));
    }

    [Fact]
    public void Prices_and_quantities_at_the_end_of_their_range_trade_where_the_amount_fits()
    {
        MarketClearing clearing = Mechanisms.Find("pay-as-clear").Clear([Book.Bid(1, 1000, long.MaxValue), Book.Ask(2, long.MaxValue, long.MaxValue)]);

        Assert.Equal(new Money(long.MaxValue), clearing.Trades.Single().Amount);
    }
}
