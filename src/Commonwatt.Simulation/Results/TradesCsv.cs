namespace Commonwatt.Simulation.Results;

/// <summary>Writes <c>trades.csv</c>: one row for each trade inside the community.</summary>
/// <param name="stream">Where the table goes; closed with the writer.</param>
public sealed class TradesCsv(Stream stream) : IDisposable
{
    private readonly CsvRows rows = new(stream, "period_start_utc,buyer,seller,quantity_kwh,price,amount");

    /// <summary>Adds a trade.</summary>
    public void Write(Instant periodStart, string buyer, string seller, Energy quantity, Price price, Money amount)
    {
        rows.Time(periodStart);
        rows.Text(buyer);
        rows.Text(seller);
        rows.Number(quantity);
        rows.Number(price);
        rows.Number(amount);
        rows.EndRow();
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
