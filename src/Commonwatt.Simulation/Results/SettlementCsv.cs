namespace Commonwatt.Simulation.Results;

/// <summary>Writes <c>settlement.csv</c>: one row for each line of the settlement.</summary>
/// <param name="stream">Where the table goes; closed with the writer.</param>
public sealed class SettlementCsv(Stream stream) : IDisposable
{
    private readonly CsvRows rows = new(stream, "period_start_utc,from,to,kind,quantity_kwh,price,amount,estimated");

    /// <summary>Adds a line: <paramref name="from"/> pays <paramref name="amount"/> to <paramref name="to"/>.</summary>
    /// <param name="periodStart">The start of the delivery period.</param>
    /// <param name="from">Who pays.</param>
    /// <param name="to">Who is paid.</param>
    /// <param name="kind">What for, such as <c>trade</c> or <c>deviation</c>.</param>
    /// <param name="quantity">The energy that the line is about.</param>
    /// <param name="price">The price of that energy.</param>
    /// <param name="amount">What is paid.</param>
    /// <param name="estimated">Whether a missing reading was stood in for.</param>
    public void Write(Instant periodStart, string from, string to, string kind, Energy quantity, Price price, Money amount, bool estimated)
    {
        rows.Time(periodStart);
        rows.Text(from);
        rows.Text(to);
        rows.Text(kind);
        rows.Number(quantity);
        rows.Number(price);
        rows.Number(amount);
        rows.Text(estimated ? "true" : "false");
        rows.EndRow();
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
