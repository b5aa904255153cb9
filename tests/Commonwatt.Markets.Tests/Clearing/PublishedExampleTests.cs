using Commonwatt.Markets.Clearing;

namespace Commonwatt.Markets.Tests.Clearing;

/// <summary>The order book of source 002, chapter 9, table 3, in token per kWh as micro-tokens and in Wh.</summary>
/// <remarks>
/// Table 4 prints 73.6 tokens for what B buys and 225.4 for what C sells at its price of 23; these do not balance (sources.md). At 23, the
/// 6.5 kWh of B cost 149.5 and the 6.6 kWh of C bring 151.8.
/// </remarks>
public sealed class PublishedExampleTests
{
    private static readonly Order[] Table3 =
    [
        Sell('A', 3200, 25), Buy('B', 6500, 24), Sell('C', 9800, 22), Buy('D', 10900, 26),
        Buy('E', 3200, 28), Sell('F', 7200, 19), Buy('G', 5400, 20), Sell('H', 6800, 16),
    ];

    [Fact]
    public void The_uniform_price_is_23_tokens_and_what_buyers_pay_is_what_sellers_get()
    {
        MarketClearing clearing = new UniformMidpoint().Clear(Table3);

        Assert.Equal(new Price(23_000_000), clearing.Price);
        Assert.Equal(
            new Dictionary<char, long>
            {
                ['B'] = -149_500_000,
                ['C'] = 151_800_000,
                ['D'] = -250_700_000,
                ['E'] = -73_600_000,
                ['F'] = 165_600_000,
                ['H'] = 156_400_000,
            },
            Balances(clearing));
        Assert.Equal(0, Balances(clearing).Values.Sum());
    }

    [Fact]
    public void Algorithm_1_gives_each_pair_the_middle_of_its_own_limits()
    {
        MarketClearing clearing = new PairMidpoint().Clear(Table3);

        Assert.Null(clearing.Price);
        Assert.Equal(
            ["E<-H 3200@22000000", "D<-H 3600@21000000", "D<-F 7200@22500000", "D<-C 100@24000000", "B<-C 6500@23000000"],
            clearing.Trades.Select(trade => $"{(char)trade.Buy.Value}<-{(char)trade.Sell.Value} {trade.Quantity.WattHours}@{trade.Price.MicrosPerKilowattHour}"));
    }

    private static SortedDictionary<char, long> Balances(MarketClearing clearing)
    {
        SortedDictionary<char, long> balances = [];
        foreach (Trade trade in clearing.Trades)
        {
            balances[(char)trade.Buy.Value] = balances.GetValueOrDefault((char)trade.Buy.Value) - trade.Amount.Micros;
            balances[(char)trade.Sell.Value] = balances.GetValueOrDefault((char)trade.Sell.Value) + trade.Amount.Micros;
        }

        return balances;
    }

    private static Order Buy(char name, long wattHours, long tokens) => Book.Bid(name, wattHours, tokens * 1_000_000);

    private static Order Sell(char name, long wattHours, long tokens) => Book.Ask(name, wattHours, tokens * 1_000_000);
}
