namespace Commonwatt;

/// <summary>A price for each minute of the local day: one price, or bands that together cover the day once.</summary>
public sealed class Tariff
{
    private const int MinutesPerDay = 24 * 60;

    private readonly TariffBand[] bands;

    private Tariff(TariffBand[] bands) => this.bands = bands;

    /// <summary>The bands by the minute they begin at.</summary>
    public IReadOnlyList<TariffBand> Bands => bands;

    /// <summary>One price all day.</summary>
    public static Tariff Flat(Price price) => new([new TariffBand(0, 0, price)]);

    /// <summary>A tariff of bands, in any order.</summary>
    /// <param name="bands">Bands that cover each minute of the day exactly once; one may run past midnight.</param>
    /// <exception cref="ArgumentException">A minute is covered by no band, or by two; the message names it.</exception>
    public static Tariff FromBands(IEnumerable<TariffBand> bands)
    {
        TariffBand[] ordered = [.. bands.OrderBy(band => band.FromMinute)];
        if (ordered.Length == 0)
        {
            throw new ArgumentException("A tariff needs at least one band.", nameof(bands));
        }

        for (int index = 0; index < ordered.Length; index++)
        {
            TariffBand band = ordered[index];
            int next = ordered[(index + 1) % ordered.Length].FromMinute;
            int end = band.ToMinute % MinutesPerDay;
            if (end != next || (ordered.Length > 1 && band.Length == MinutesPerDay))
            {
                string fault = ordered.Length > 1 && band.Covers(next) && end != next ? "overlaps the next band, which begins at" : "leaves a gap before the next band, which begins at";
                throw new ArgumentException($"The band from {Clock(band.FromMinute)} to {Clock(band.ToMinute)} {fault} {Clock(next)}: bands must cover the day exactly once.", nameof(bands));
            }
        }

        return new Tariff(ordered);
    }

    /// <summary>The price at a minute of the local day.</summary>
    /// <param name="minuteOfDay">0 (midnight) to 1439 (23:59).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minuteOfDay"/> is outside that range.</exception>
    public Price PriceAt(int minuteOfDay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minuteOfDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minuteOfDay, MinutesPerDay);

        // Together the bands cover the day, so a minute that none before covers is the last one's.
        foreach (TariffBand band in bands.AsSpan(0, bands.Length - 1))
        {
            if (band.Covers(minuteOfDay))
            {
                return band.Price;
            }
        }

        return bands[^1].Price;
    }

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
