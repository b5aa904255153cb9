namespace Commonwatt.Node.Community.Market;

/// <summary>Supply or demand as a step curve: how much is offered at a price or a better one, without a word of who offers it.</summary>
internal static class StepCurve
{
    /// <summary>Demand: from the highest price down, what is asked for at it or above.</summary>
    public static IReadOnlyList<StepJson> Demand(IEnumerable<(long Price, long WattHours)> bids) => Cumulate(bids.GroupBy(bid => bid.Price).OrderByDescending(step => step.Key));

    /// <summary>Supply: from the lowest price up, what is offered at it or below.</summary>
    public static IReadOnlyList<StepJson> Supply(IEnumerable<(long Price, long WattHours)> asks) => Cumulate(asks.GroupBy(ask => ask.Price).OrderBy(step => step.Key));

    private static List<StepJson> Cumulate(IEnumerable<IGrouping<long, (long Price, long WattHours)>> steps)
    {
        long sum = 0;
        var curve = new List<StepJson>();
        foreach (IGrouping<long, (long Price, long WattHours)> step in steps)
        {
            sum += step.Sum(order => order.WattHours);
            curve.Add(new StepJson(step.Key, sum));
        }

        return curve;
    }
}

/// <summary>A step of a curve.</summary>
/// <param name="Price">Micro-currency per kWh.</param>
/// <param name="Wh">The energy up to and with this price.</param>
internal sealed record StepJson(long Price, long Wh);

/// <summary>A period's market.</summary>
/// <param name="Start">The start of delivery.</param>
/// <param name="End">Its end.</param>
/// <param name="Phase"><c>open</c>, <c>gate</c>, <c>cleared</c>, <c>delivering</c>, <c>awaiting-readings</c>, <c>settled</c> or <c>corrected</c>.</param>
/// <param name="Times">When it goes from one to the next.</param>
/// <param name="Price">The price, micro-currency per kWh; the mean where each trade has its own; null where nothing traded.</param>
/// <param name="TradedWh">The energy traded.</param>
/// <param name="Orders">How many orders stood at the gate, or stand now.</param>
/// <param name="Trades">How many trades there are.</param>
/// <param name="Curtailed">What a limit of the grid cut; null where it cut nothing.</param>
internal record MarketPeriodJson(
    Instant Start, Instant End, string Phase, MarketTimesJson Times, long? Price, long TradedWh, long Orders, long Trades, CurtailedJson? Curtailed);

/// <summary>A period's market with its curves.</summary>
/// <param name="Start">The start of delivery.</param>
/// <param name="End">Its end.</param>
/// <param name="Phase">As in the list.</param>
/// <param name="Times">When it goes from one phase to the next.</param>
/// <param name="Price">As in the list.</param>
/// <param name="TradedWh">The energy traded.</param>
/// <param name="Orders">How many orders stood at the gate, or stand now.</param>
/// <param name="Trades">How many trades there are.</param>
/// <param name="Curtailed">What a limit of the grid cut; null where it cut nothing.</param>
/// <param name="Demand">What is asked for at a price or above.</param>
/// <param name="Supply">What is offered at a price or below.</param>
internal sealed record MarketCurvesJson(
    Instant Start,
    Instant End,
    string Phase,
    MarketTimesJson Times,
    long? Price,
    long TradedWh,
    long Orders,
    long Trades,
    CurtailedJson? Curtailed,
    IReadOnlyList<StepJson> Demand,
    IReadOnlyList<StepJson> Supply) : MarketPeriodJson(Start, End, Phase, Times, Price, TradedWh, Orders, Trades, Curtailed);

/// <summary>A period's times.</summary>
/// <param name="Opened">When orders are taken from.</param>
/// <param name="Gate">When the gate closes.</param>
/// <param name="Cleared">When it cleared, or null.</param>
/// <param name="DeliveryStart">The start of delivery.</param>
/// <param name="DeliveryEnd">Its end.</param>
/// <param name="Deadline">Until when readings count.</param>
/// <param name="Settled">When it settled, or null.</param>
/// <param name="Corrected">When it was corrected last, or null.</param>
internal sealed record MarketTimesJson(
    Instant Opened, Instant Gate, Instant? Cleared, Instant DeliveryStart, Instant DeliveryEnd, Instant Deadline, Instant? Settled, Instant? Corrected);

/// <summary>What a limit of the grid cut.</summary>
/// <param name="LimitW">The limit.</param>
/// <param name="BeforeWh">The energy traded before.</param>
/// <param name="AfterWh">The energy traded after.</param>
internal sealed record CurtailedJson(long LimitW, long BeforeWh, long AfterWh);
