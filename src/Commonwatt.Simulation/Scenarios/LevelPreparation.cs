using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Puts prices and carbon intensity on the grid.</summary>
internal sealed class LevelPreparation(Scenario scenario, PeriodGrid grid, SeriesStore store, List<ScenarioProblem> problems)
{
    private const double MostPrice = 1_000_000;
    private const double MostCarbon = 100;

    private readonly List<SeriesProblems> found = [];

    /// <summary>What was odd about the series.</summary>
    public IReadOnlyList<SeriesProblems> Problems => found;

    /// <summary>Asks for the series' files.</summary>
    public void Ask()
    {
        foreach (TariffSource source in (TariffSource[])[scenario.Tariffs.Retail, scenario.Tariffs.FeedIn])
        {
            if (source is TariffSource.FromSeries { Series: var series })
            {
                store.Ask(series, MostPrice, series.Meter is not null);
            }
        }

        if (scenario.CarbonIntensity is CarbonIntensity.FromSeries { Series: var carbon })
        {
            store.Ask(carbon, MostCarbon, carbon.Meter is not null);
        }
    }

    /// <summary>The price of each period, or null where it cannot be had, which is then noted.</summary>
    public Price[]? Prices(TariffSource source, string path)
    {
        if (source is TariffSource.OfDay { Tariff: var tariff })
        {
            return PricesOfDay(tariff);
        }

        // A double holds fifteen digits: a price with up to six decimals comes out exact to the micro-unit.
        return source is TariffSource.FromSeries { Series: var reference } && Level(reference, path, "price") is { } values
            ? [.. values.Select(value => new Price((long)Math.Round(value * 1_000_000)))]
            : null;
    }

    /// <summary>The carbon intensity of each period, or null where there is none or it cannot be had.</summary>
    public double[]? Carbon()
    {
        if (scenario.CarbonIntensity is CarbonIntensity.Constant { KilogramsPerKilowattHour: var constant })
        {
            double[] same = new double[grid.Count];
            Array.Fill(same, constant);
            return same;
        }

        return scenario.CarbonIntensity is CarbonIntensity.FromSeries { Series: var reference } ? Level(reference, "carbonIntensity", "carbon") : null;
    }

    private Price[] PricesOfDay(Tariff tariff)
    {
        var prices = new Price[grid.Count];
        if (tariff.Bands.Count == 1)
        {
            Array.Fill(prices, tariff.Bands[0].Price);
            return prices;
        }

        for (int period = 0; period < prices.Length; period++)
        {
            prices[period] = tariff.PriceAt(grid.LocalMinuteOf(period));
        }

        return prices;
    }

    private double[]? Level(SeriesReference reference, string path, string quantity)
    {
        if (store.Find(reference, path) is not { } found)
        {
            return null;
        }

        if (GridLevel.Of(found.Series, found.Column, grid) is not { } level)
        {
            problems.Add(Inside.Problem(path, reference, found.Series, grid));
            return null;
        }

        var inspection = SeriesInspection.Of(found.Series, found.Column, grid.Start, grid.End, double.PositiveInfinity, SeriesInspection.LevelRules);
        this.found.Add(Inside.Report(path, quantity, reference, found.Series, level.Resampling, inspection));
        return level.Values;
    }
}
