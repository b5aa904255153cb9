using Commonwatt.Markets.Sharing;

namespace Commonwatt.Markets.Tests.Sharing;

public sealed class SurplusSharingTests
{
    private static readonly MemberId Plant = new(1);
    private static readonly MemberId School = new(2);
    private static readonly MemberId Baker = new(3);
    private static readonly MemberId Home = new(4);

    [Fact]
    public void A_dynamic_key_shares_in_proportion_to_consumption() =>
        Assert.Equal(["2 500", "3 300", "4 200"], Bought(1000, 5000, 3000, 2000, new DynamicKey()));

    [Fact]
    public void A_static_key_shares_by_its_weights_whatever_is_consumed() =>
        Assert.Equal(["2 100", "3 300", "4 600"], Bought(1000, 5000, 3000, 2000, Weights(1, 3, 6)));

    [Fact]
    public void What_a_member_cannot_use_goes_round_again() =>
        Assert.Equal(["2 225", "3 675", "4 100"], Bought(1000, 5000, 3000, 100, Weights(1, 3, 6)));

    [Fact]
    public void Who_has_no_weight_gets_nothing_even_where_energy_is_left() =>
        Assert.Equal(["2 300"], Bought(1000, 300, 3000, 100, Weights(1, 0, 0)));

    [Fact]
    public void A_tiered_key_serves_the_next_tier_with_what_the_first_cannot_use() =>
        Assert.Equal(["2 400", "3 360", "4 240"], Bought(1000, 400, 3000, 2000, new TieredKey([Weights(1, 0, 0), new DynamicKey()])));

    [Fact]
    public void Whole_watt_hours_go_by_largest_remainder() =>
        Assert.Equal(["2 4", "3 3", "4 3"], Bought(10, 100, 100, 100, new DynamicKey()));

    [Fact]
    public void Producers_sell_in_proportion_to_their_surplus_where_not_all_is_used()
    {
        NetDemand[] members = [new(new(1), new(-300)), new(new(2), new(-100)), new(new(3), new(200))];

        IReadOnlyList<MemberTrade> trades = SurplusSharing.Share(members, new DynamicKey(), new Price(100_000));

        Assert.Equal([new(new(3), new(1), new(150), new(100_000), new(15_000)), new(new(3), new(2), new(50), new(100_000), new(5_000))], trades);
    }

    [Fact]
    public void Nobody_gives_or_gets_more_than_he_has_over_or_lacks_and_one_side_is_served_whole() => Property.Holds(Neighbourhood.Random, members =>
    {
        StaticKey byNumber = new(members.ToDictionary(member => member.Member, member => member.Member.Value));
        foreach (SharingKey key in new SharingKey[] { new DynamicKey(), byNumber })
        {
            IReadOnlyList<MemberTrade> trades = SurplusSharing.Share(members, key, new Price(100_000));
            Neighbourhood.CheckLimits(members, trades);
            Assert.Equal(long.Min(Neighbourhood.Surplus(members), Neighbourhood.Deficit(members)), trades.Sum(trade => trade.Quantity.WattHours));
            Assert.Equal(trades, SurplusSharing.Share([.. members.Reverse()], key, new Price(100_000)));
        }
    });

    [Fact]
    public void A_negative_weight_or_price_is_named()
    {
        ArgumentException weight = Assert.Throws<ArgumentException>(() => Weights(-1, 0, 0));
        ArgumentException price = Assert.Throws<ArgumentException>(() => SurplusSharing.Share([], new DynamicKey(), new Price(-1)));

        Assert.StartsWith("The weight of member 2 is -1", weight.Message, StringComparison.Ordinal);
        Assert.StartsWith("The price of shared energy is -1", price.Message, StringComparison.Ordinal);
    }

    private static StaticKey Weights(long school, long baker, long home) =>
        new(new Dictionary<MemberId, long> { [School] = school, [Baker] = baker, [Home] = home });

    private static IEnumerable<string> Bought(long surplus, long school, long baker, long home, SharingKey key)
    {
        NetDemand[] members = [new(Home, new(home)), new(Plant, new(-surplus)), new(Baker, new(baker)), new(School, new(school))];
        return SurplusSharing.Share(members, key, new Price(100_000)).Select(trade => $"{trade.Buyer.Value} {trade.Quantity.WattHours}");
    }
}
