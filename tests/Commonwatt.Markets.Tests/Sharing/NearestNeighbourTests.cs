using Commonwatt.Markets.Sharing;

namespace Commonwatt.Markets.Tests.Sharing;

public sealed class NearestNeighbourTests
{
    [Fact]
    public void A_dark_classroom_feeds_the_next_one_along_the_hallway()
    {
        // Source 000, section 6, case 2: the number of a room is its place in the hallway.
        NetDemand[] rooms = [new(new(1), new(-500)), new(new(2), new(250)), new(new(3), new(400)), new(new(8), new(400))];

        Assert.Equal(["2<-1 250", "3<-1 250"], Describe(NearestNeighbour.Share(rooms, Hallway, new Price(100_000))));
    }

    [Fact]
    public void The_two_nearest_come_first_whoever_they_are()
    {
        NetDemand[] rooms = [new(new(1), new(-300)), new(new(4), new(300)), new(new(5), new(-300))];

        Assert.Equal(["4<-5 300"], Describe(NearestNeighbour.Share(rooms, Hallway, new Price(100_000))));
    }

    [Fact]
    public void Equal_distances_go_by_id_however_members_are_stored()
    {
        NetDemand[] rooms = [new(new(5), new(100)), new(new(3), new(100)), new(new(4), new(-150))];

        Assert.Equal(["3<-4 100", "5<-4 50"], Describe(NearestNeighbour.Share(rooms, Hallway, new Price(100_000))));
    }

    [Fact]
    public void The_fixed_price_sets_the_amount() =>
        Assert.Equal(new Money(12_345), NearestNeighbour.Share([new(new(1), new(-100)), new(new(2), new(100))], Hallway, new Price(123_456)).Single().Amount);

    [Fact]
    public void Nobody_gives_or_gets_more_than_he_has_over_or_lacks_and_one_side_is_served_whole() => Property.Holds(Neighbourhood.Random, members =>
    {
        IReadOnlyList<MemberTrade> trades = NearestNeighbour.Share(members, Hallway, new Price(100_000));
        Neighbourhood.CheckLimits(members, trades);
        Assert.Equal(long.Min(Neighbourhood.Surplus(members), Neighbourhood.Deficit(members)), trades.Sum(trade => trade.Quantity.WattHours));
    });

    [Fact]
    public void A_member_given_twice_or_a_negative_distance_is_named()
    {
        NetDemand seller = new(new(1), new(-1));
        NetDemand buyer = new(new(2), new(1));

        ArgumentException twice = Assert.Throws<ArgumentException>(() => NearestNeighbour.Share([seller, seller], Hallway, Price.Zero));
        ArgumentException negative = Assert.Throws<ArgumentException>(() => NearestNeighbour.Share([seller, buyer], (_, _) => -1, Price.Zero));

        Assert.StartsWith("Member 1 is given twice", twice.Message, StringComparison.Ordinal);
        Assert.StartsWith("The distance from member 1 to member 2 is -1", negative.Message, StringComparison.Ordinal);
    }

    private static long Hallway(MemberId one, MemberId other) => long.Abs(one.Value - other.Value);

    private static IEnumerable<string> Describe(IEnumerable<MemberTrade> trades) =>
        trades.Select(trade => $"{trade.Buyer.Value}<-{trade.Seller.Value} {trade.Quantity.WattHours}");
}
