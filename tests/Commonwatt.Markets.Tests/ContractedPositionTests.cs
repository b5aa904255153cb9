namespace Commonwatt.Markets.Tests;

public sealed class ContractedPositionTests
{
    [Fact]
    public void A_position_is_what_was_bought_less_what_was_sold()
    {
        MemberTrade[] trades = [Trade(buyer: 7, seller: 2, 300), Trade(buyer: 2, seller: 5, 100), Trade(buyer: 7, seller: 5, 50)];

        Assert.Equal(
            [new(new(2), new(-200)), new(new(5), new(-150)), new(new(7), new(350))],
            ContractedPosition.Of(trades));
    }

    private static MemberTrade Trade(long buyer, long seller, long wattHours) =>
        new(new(buyer), new(seller), new(wattHours), new(100_000), new(wattHours * 100));
}
