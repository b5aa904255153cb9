namespace Commonwatt.Node.Community.Home;

/// <summary>Says in one sentence what is happening at a member's home and why.</summary>
internal static class HomeSentence
{
    // Below this a meter shows no more than its own noise and that of a battery's control.
    private const long Negligible = 30;

    private static readonly TimeSpan OldestReading = TimeSpan.FromHours(2);

    /// <summary>The sentence.</summary>
    /// <param name="now">The community's time.</param>
    /// <param name="power">The newest powers, or null.</param>
    /// <param name="price">The price of the period that runs, or null where none does.</param>
    /// <param name="period">What the member trades in it.</param>
    public static SentenceJson Of(Instant now, LivePower? power, HomePriceJson? price, HomePeriodJson? period)
    {
        if (power is null || now - power.At > OldestReading)
        {
            return new SentenceJson("no-readings", new SentenceValuesJson(At: power?.At));
        }

        if (price is null || period is null)
        {
            return new SentenceJson("market-stopped", new SentenceValuesJson(At: now));
        }

        long net = power.Import.Watts - power.Export.Watts;
        if (net <= -Negligible)
        {
            long sold = MeanWatts(period.SoldWh, period);
            return sold > 0
                ? Traded("selling", -net, sold, price.Price, period)
                : new SentenceJson("exporting-grid", new SentenceValuesJson(PowerW: -net, Price: price.FeedIn));
        }

        if (net >= Negligible)
        {
            long bought = MeanWatts(period.BoughtWh, period);
            return bought > 0
                ? Traded("buying", net, bought, price.Price, period)
                : new SentenceJson("importing-grid", new SentenceValuesJson(PowerW: net, Price: price.Retail));
        }

        return new SentenceJson("self-sufficient", new SentenceValuesJson(PowerW: power.Pv?.Watts));
    }

    // What flows beyond what was traded is the grid's.
    private static SentenceJson Traded(string code, long flow, long traded, long? price, HomePeriodJson period) => new(
        code,
        new SentenceValuesJson(PowerW: long.Min(flow, traded), GridW: long.Max(0, flow - traded), period.Counterparties, price));

    private static long MeanWatts(long wattHours, HomePeriodJson period) => new Energy(wattHours).Over(period.End - period.Start).Watts;
}
