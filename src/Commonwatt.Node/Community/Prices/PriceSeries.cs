using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Prices;

/// <summary>Prices by delivery period, of periods that were and of those to come.</summary>
internal static class PriceSeries
{
    /// <summary>How far ahead periods are shown that have not opened.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(36);

    /// <summary>The prices within a range, by time.</summary>
    public static IReadOnlyList<PriceJson> Within(TableSnapshot tables, CommunityFacts facts, TimeRange range, Instant now)
    {
        IReadOnlyList<PeriodRow> periods = tables.Query<PeriodRow>(
            $"SELECT {PeriodRow.Columns} FROM periods WHERE delivery >= @from AND delivery < @to ORDER BY delivery",
            new { from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds });
        var tariffs = new TariffsInTurn(TariffRow.Within(tables, range.From, range.To));
        PriceForecast? forecast = range.To > now ? PriceForecast.From(tables, now, facts.TimeZone) : null;
        var prices = new List<PriceJson>(periods.Count + 40);
        foreach (PeriodRow period in periods)
        {
            TariffRow? tariff = tariffs.At(period.Start);
            prices.Add(new PriceJson(
                period.Start,
                period.End,
                period.Price,
                period.Retail ?? tariff?.Retail,
                period.FeedIn ?? tariff?.FeedIn,
                period.TradedWh,
                period.PhaseAt(now),
                period.ClearedAt is null && period.SettledAt is null ? forecast?.At(period.Start) : null));
        }

        prices.AddRange(Planned(tables, range, now, tariffs, forecast));
        return prices;
    }

    // The market opens a period when its time comes; those after the last one that opened are told of as they are planned.
    private static IEnumerable<PriceJson> Planned(TableSnapshot tables, TimeRange range, Instant now, TariffsInTurn tariffs, PriceForecast? forecast)
    {
        (long Delivery, long LengthMs)? last = tables.Find<(long, long)?>("SELECT delivery, length_ms FROM periods ORDER BY delivery DESC LIMIT 1");
        if (last is not { } newest)
        {
            yield break;
        }

        IReadOnlyList<(long From, long PeriodMs)> lengths = tables.Query<(long, long)>("SELECT from_time, period_ms FROM parameters ORDER BY from_time DESC");
        var next = new Instant(newest.Delivery + newest.LengthMs);
        Instant horizon = now + Ahead;
        bool hasStopped = next <= now;
        while (!hasStopped && next < range.To && next < horizon)
        {
            long inForce = lengths.FirstOrDefault(rule => rule.From <= next.UnixMilliseconds).PeriodMs;
            TimeSpan length = TimeSpan.FromMilliseconds(inForce == 0 ? newest.LengthMs : inForce);
            if (next >= range.From)
            {
                TariffRow? tariff = tariffs.At(next);
                yield return new PriceJson(next, next + length, Price: null, tariff?.Retail, tariff?.FeedIn, TradedWh: 0, "planned", forecast?.At(next));
            }

            next += length;
        }
    }
}

/// <summary>Tariffs asked for by ascending time.</summary>
/// <param name="tariffs">The tariffs by time.</param>
internal sealed class TariffsInTurn(IReadOnlyList<TariffRow> tariffs)
{
    private int next;

    /// <summary>The tariff at a time, not before the one asked for last; null before the first tariff.</summary>
    public TariffRow? At(Instant time)
    {
        while (next < tariffs.Count && tariffs[next].FromTime <= time.UnixMilliseconds)
        {
            next++;
        }

        return next == 0 ? null : tariffs[next - 1];
    }
}

/// <summary>The price of a delivery period.</summary>
/// <param name="Start">The start of delivery.</param>
/// <param name="End">Its end.</param>
/// <param name="Price">The price inside the community, micro-currency per kWh: the one price, or the mean of the trades where each has its own; null where nothing traded or before the gate.</param>
/// <param name="Retail">What the utility charges, micro-currency per kWh.</param>
/// <param name="FeedIn">What the utility pays, micro-currency per kWh.</param>
/// <param name="TradedWh">The energy traded.</param>
/// <param name="Phase"><c>planned</c>, <c>open</c>, <c>gate</c>, <c>cleared</c>, <c>delivering</c>, <c>awaiting-readings</c>, <c>settled</c> or <c>corrected</c>.</param>
/// <param name="Forecast">What the price may become, where it is not known yet.</param>
internal sealed record PriceJson(Instant Start, Instant End, long? Price, long? Retail, long? FeedIn, long TradedWh, string Phase, ForecastJson? Forecast);
