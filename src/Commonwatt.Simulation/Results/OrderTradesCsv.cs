namespace Commonwatt.Simulation.Results;

/// <summary>Writes the trades of one clearing: one row for each pair of orders.</summary>
/// <param name="stream">Where the table goes; closed with the writer.</param>
public sealed class OrderTradesCsv(Stream stream) : IDisposable
{
    private readonly CsvRows rows = new(stream, "buy,sell,quantity,price,amount");

    /// <summary>Adds a trade between two orders.</summary>
    public void Write(string buy, string sell, Energy quantity, Price price, Money amount)
    {
        rows.Text(buy);
        rows.Text(sell);
        rows.Number(quantity);
        rows.Number(price);
        rows.Number(amount);
        rows.EndRow();
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
