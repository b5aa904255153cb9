using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>Writes the files that are made from a finished run; settlement, trades and ledger are written while it runs.</summary>
public static class ResultFiles
{
    /// <summary>Writes <c>summary.json</c>, <c>prices.csv</c> and <c>report.html</c>.</summary>
    public static void Write(ResultFolder folder, SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using (Stream summary = folder.Create("summary.json"))
        {
            SummaryJson.Write(summary, result);
        }

        using (PricesCsv prices = new(folder.Create("prices.csv")))
        {
            prices.Write(result);
        }

        using Stream report = folder.Create("report.html");
        ReportHtml.Write(report, result);
    }
}
