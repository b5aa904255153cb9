namespace Commonwatt.Markets.Tests.Clearing;

/// <summary>Books long enough to be sorted by counting, checked against a plain stable sort.</summary>
public sealed class LargeBookTests
{
    [Theory]
    [InlineData(3, 5_000)]
    [InlineData(200_000, 5_000)]
    [InlineData(long.MaxValue, 2_000)]
    public void A_long_book_is_served_by_price_and_then_by_arrival(long prices, int count)
    {
        Random random = new(17);
        Order[] bids = [.. Enumerable.Range(0, count).Select(index => Book.Bid(index, 1, random.NextInt64(prices), sequence: 1000L * index))];
        random.Shuffle(bids);
        Order ask = Book.Ask(count, count, 0, sequence: -1);

        MarketClearing clearing = Mechanisms.Find("pay-as-bid").Clear([.. bids, ask]);

        IEnumerable<OrderId> expected = bids.OrderByDescending(order => order.LimitPrice).ThenBy(order => order.Sequence).Select(order => order.Id);
        Assert.Equal(expected, clearing.Trades.Select(trade => trade.Buy));
    }
}
