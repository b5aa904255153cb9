using FsCheck;
using FsCheck.Fluent;

namespace Commonwatt.Agents.Tests;

public class BiddingStrategyTests
{
    private static readonly Price Retail = new(220_000);
    private static readonly Price FeedIn = new(50_000);
    private static readonly Price Fee = new(20_000);

    public static TheoryData<IBiddingStrategy> Strategies { get; } = [new TruthfulStrategy(), new LinearStrategy(), new ZeroIntelligenceStrategy(7)];

    [Fact]
    public void A_truthful_buyer_pays_up_to_retail_less_the_local_grid_fee()
    {
        Bid? bid = new TruthfulStrategy().Decide(Situation(net: 1200));

        Assert.Equal(new Bid(BidSide.Buy, new Energy(1200), new Price(200_000)), bid);
    }

    [Fact]
    public void A_truthful_seller_takes_the_feed_in_tariff()
    {
        Bid? bid = new TruthfulStrategy().Decide(Situation(net: -800));

        Assert.Equal(new Bid(BidSide.Sell, new Energy(800), FeedIn), bid);
    }

    [Theory]
    [InlineData(0, 50_000)]
    [InlineData(0.5, 125_000)]
    [InlineData(1, 200_000)]
    [InlineData(7, 200_000)]
    public void A_linear_buyer_starts_at_the_sellers_bound_and_ends_at_its_own(double progress, long limit)
    {
        Assert.Equal(new Price(limit), new LinearStrategy().Decide(Situation(net: 1, progress))?.Limit);
    }

    [Theory]
    [InlineData(0, 200_000)]
    [InlineData(0.5, 125_000)]
    [InlineData(1, 50_000)]
    public void A_linear_seller_starts_at_the_buyers_bound_and_ends_at_its_own(double progress, long limit)
    {
        Assert.Equal(new Price(limit), new LinearStrategy().Decide(Situation(net: -1, progress))?.Limit);
    }

    [Fact]
    public void Zero_intelligence_spreads_its_prices_evenly_between_the_bounds()
    {
        var strategy = new ZeroIntelligenceStrategy(seed: 1);
        long[] limits = [.. Enumerable.Range(0, 10_000).Select(period => strategy.Decide(Situation(net: 1) with { Period = period })!.Value.Limit.MicrosPerKilowattHour)];

        Assert.InRange(limits.Min(), 50_000, 50_100);
        Assert.InRange(limits.Max(), 199_900, 200_000);
        Assert.InRange(limits.Average(), 124_000, 126_000);
    }

    [Fact]
    public void Zero_intelligence_names_one_price_a_period_however_often_it_is_asked()
    {
        var strategy = new ZeroIntelligenceStrategy(seed: 1);

        Assert.Equal(strategy.Decide(Situation(net: 500, progress: 0)), strategy.Decide(Situation(net: 500, progress: 0.9)));
        Assert.NotEqual(strategy.Decide(Situation(net: 500)), new ZeroIntelligenceStrategy(seed: 2).Decide(Situation(net: 500)));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Nobody_bids_for_nothing(IBiddingStrategy strategy)
    {
        Assert.Null(strategy.Decide(Situation(net: 0)));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Nobody_crosses_its_own_bound_or_names_a_price_below_zero(IBiddingStrategy strategy)
    {
        Prop.ForAll(Situations().ToArbitrary(), situation =>
        {
            if (strategy.Decide(situation) is not { } bid)
            {
                return situation.Net.IsZero || (situation.IsBuyer && situation.BuyersBound.IsNegative);
            }

            bool keeps = bid.Side == BidSide.Buy ? bid.Limit <= situation.BuyersBound : bid.Limit >= situation.FeedIn;
            return keeps && !bid.Limit.IsNegative && bid.Quantity == Energy.Abs(situation.Net) && (bid.Side == BidSide.Buy) == !situation.Net.IsNegative;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Where_the_fee_eats_the_gain_a_buyer_and_a_seller_never_meet(IBiddingStrategy strategy)
    {
        BiddingSituation costly = Situation(net: 1000) with { LocalGridFee = new Price(180_000) };

        Price bid = strategy.Decide(costly)!.Value.Limit;
        Price ask = strategy.Decide(costly with { Net = new Energy(-1000) })!.Value.Limit;

        Assert.Equal(new Price(40_000), bid);
        Assert.Equal(FeedIn, ask);
    }

    private static BiddingSituation Situation(long net, double progress = 1) => new(0, new Energy(net), Retail, FeedIn, Fee, progress);

    private static Gen<BiddingSituation> Situations() =>
        from period in Gen.Choose(0, 40_000)
        from net in Gen.Choose(-5, 5)
        from retail in Gen.Choose(-50_000, 500_000)
        from feedIn in Gen.Choose(-50_000, 200_000)
        from fee in Gen.Choose(0, 100_000)
        from progress in Gen.Choose(-1, 11)
        select new BiddingSituation(period, new Energy(net), new Price(retail), new Price(feedIn), new Price(fee), progress / 10.0);
}
