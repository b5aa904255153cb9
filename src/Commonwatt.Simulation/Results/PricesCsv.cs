namespace Commonwatt.Simulation.Results;

/// <summary>Writes <c>prices.csv</c>: one row for each delivery period.</summary>
/// <param name="stream">Where the table goes; closed with the writer.</param>
public sealed class PricesCsv(Stream stream) : IDisposable
{
    private readonly CsvRows rows = new(stream, "period_start_utc,price,traded_kwh,retail,feed_in");

    /// <summary>Adds a period; a <paramref name="price"/> of null, where nothing was traded, leaves its field empty.</summary>
    public void Write(Instant periodStart, Price? price, Energy traded, Price retail, Price feedIn)
    {
        rows.Time(periodStart);
        if (price is { } local)
        {
            rows.Number(local);
        }
        else
        {
            rows.Nothing();
        }

        rows.Number(traded);
        rows.Number(retail);
        rows.Number(feedIn);
        rows.EndRow();
    }

    /// <summary>Adds every period of a run.</summary>
    public void Write(SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        PeriodSeries series = result.Series;
        for (int period = 0; period < series.Count; period++)
        {
            Write(result.StartOf(period), series.LocalPrice[period], series.Traded[period], series.Retail[period], series.FeedIn[period]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
