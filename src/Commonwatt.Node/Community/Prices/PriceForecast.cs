using Commonwatt.Node.Community.Tables;
using NodaTime;

namespace Commonwatt.Node.Community.Prices;

/// <summary>What the price of an hour of the day may be, from the same hour of the last fourteen days. It is shown to people and decides nothing.</summary>
internal sealed class PriceForecast
{
    private const int Days = 14;

    private readonly long[]?[] ofHours = new long[]?[24];
    private readonly DateTimeZone zone;

    private PriceForecast(DateTimeZone zone) => this.zone = zone;

    /// <summary>The forecast from what is known now.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="now">The community's time.</param>
    /// <param name="zone">Whose hours are counted.</param>
    public static PriceForecast From(TableSnapshot tables, Instant now, DateTimeZone zone) => From(
        tables.Query<(long Delivery, long? Price, long TradedWh, long TradedAmount)>(
            "SELECT delivery, price, traded_wh, traded_amount FROM periods WHERE delivery >= @from AND delivery < @to AND (price IS NOT NULL OR traded_wh > 0)",
            new { from = now.UnixMilliseconds - (Days * 86_400_000L), to = now.UnixMilliseconds })
            .Select(row => (new Instant(row.Delivery), new PeriodRow { OnePrice = row.Price, TradedWh = row.TradedWh, TradedAmount = row.TradedAmount }.Price!.Value)),
        zone);

    /// <summary>The forecast from prices that were.</summary>
    public static PriceForecast From(IEnumerable<(Instant Start, long Price)> prices, DateTimeZone zone)
    {
        var forecast = new PriceForecast(zone);
        foreach (IGrouping<int, (Instant Start, long Price)> hour in prices.GroupBy(price => forecast.HourOf(price.Start)))
        {
            forecast.ofHours[hour.Key] = [.. hour.Select(price => price.Price).Order()];
        }

        return forecast;
    }

    /// <summary>The 10th, 50th and 90th percentile for a period that starts at a time; null where that hour never had a price.</summary>
    public ForecastJson? At(Instant start) => ofHours[HourOf(start)] is { } sorted
        ? new ForecastJson(Percentile(sorted, 10), Percentile(sorted, 50), Percentile(sorted, 90))
        : null;

    private int HourOf(Instant start) => NodaTime.Instant.FromUnixTimeMilliseconds(start.UnixMilliseconds).InZone(zone).Hour;

    // By nearest rank: the smallest value that at least so many in a hundred do not exceed.
    private static long Percentile(long[] sorted, int percent) => sorted[int.Max(0, (((sorted.Length * percent) + 99) / 100) - 1)];
}

/// <summary>A forecast of a price, micro-currency per kWh.</summary>
/// <param name="Low">In one of ten cases it is lower.</param>
/// <param name="Middle">In half the cases it is lower.</param>
/// <param name="High">In nine of ten cases it is lower.</param>
internal sealed record ForecastJson(long Low, long Middle, long High);
