using Commonwatt.Markets;

namespace Commonwatt.Node.Orders;

/// <summary>A few trades as an aligned table.</summary>
internal static class TradeTable
{
    /// <summary>Writes the trades under a header, indented by two.</summary>
    public static void Write(TextWriter output, ClearingOutcome outcome)
    {
        List<string[]> rows = [["buy", "sell", "kWh", "price", "amount"]];
        foreach (Trade trade in outcome.Clearing.Trades)
        {
            rows.Add([outcome.Book.NameOf(trade.Buy), outcome.Book.NameOf(trade.Sell), trade.Quantity.ToKilowattHours(), trade.Price.ToDecimal(), trade.Amount.ToDecimal()]);
        }

        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            // Names to the left, numbers to the right.
            IEnumerable<string> cells = row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine("  " + string.Join("  ", cells));
        }
    }
}
