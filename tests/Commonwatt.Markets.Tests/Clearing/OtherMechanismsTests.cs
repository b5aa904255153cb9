using Commonwatt.Markets.Clearing;

namespace Commonwatt.Markets.Tests.Clearing;

public sealed class OtherMechanismsTests
{
    private static readonly Order[] Offers = [Book.Bid(1, 3000, 20), Book.Ask(2, 1000, 15), Book.Ask(3, 1500, 10), Book.Ask(4, 2000, 18), Book.Ask(5, 500, 21)];

    [Fact]
    public void A_reverse_auction_takes_the_cheapest_asks_and_pays_each_what_it_asked() =>
        Assert.Equal(["1<-3 1500@10", "1<-2 1000@15", "1<-4 500@18"], Book.Describe(new ReverseAuction().Clear(Offers)));

    [Fact]
    public void A_uniform_reverse_auction_pays_all_the_last_ask_taken() =>
        Assert.Equal(["1<-3 1500@18", "1<-2 1000@18", "1<-4 500@18"], Book.Describe(new ReverseAuction(ReverseAuctionPayment.Uniform).Clear(Offers)));

    [Fact]
    public void A_reverse_auction_has_one_buyer()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ReverseAuction().Clear([.. Offers, Book.Bid(6, 1, 1)]));
        Assert.StartsWith("A reverse auction has one buyer: there are 2 bids, such as 1 and 6.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Average_bid_fifo_serves_early_asks_first_at_the_mean_of_all_bids()
    {
        Order[] book = [Book.Bid(1, 1000, 10), Book.Bid(2, 1000, 31), Book.Ask(3, 600, 20), Book.Ask(4, 900, 5), Book.Ask(5, 900, 21)];

        MarketClearing clearing = new AverageBidFifo().Clear(book);

        Assert.Equal(new Price(20), clearing.Price);
        Assert.Equal(["2<-3 600@20", "2<-4 400@20"], Book.Describe(clearing));
    }

    [Fact]
    public void Average_bid_fifo_can_share_among_all_asks_it_takes()
    {
        Order[] book = [Book.Bid(1, 1000, 20), Book.Ask(2, 600, 20), Book.Ask(3, 900, 5)];

        Assert.Equal(["1<-2 400@20", "1<-3 600@20"], Book.Describe(new AverageBidFifo(Rationing.ProRata).Clear(book)));
    }

    [Fact]
    public void Pair_midpoint_gives_each_pair_its_own_price()
    {
        Order[] book = [Book.Bid(1, 1000, 21), Book.Bid(2, 1000, 13), Book.Ask(3, 1000, 10), Book.Ask(4, 1000, 11)];

        Assert.Equal(["1<-3 1000@15", "2<-4 1000@12"], Book.Describe(new PairMidpoint().Clear(book)));
    }
}
