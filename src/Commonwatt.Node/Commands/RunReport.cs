using System.Globalization;
using Commonwatt.Node.Terminal;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Node.Commands;

/// <summary>What <c>simulate</c> says when it is done.</summary>
internal static class RunReport
{
    /// <summary>Writes the figures that matter most, and where the rest is.</summary>
    public static void Write(TextWriter output, SimulationResult result, string folder)
    {
        Figures figures = Figures.Of(result);
        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"{result.Scenario}: {result.Members.Count:N0} members, {result.Series.Count:N0} periods, cleared by {result.Mechanism}"));
        output.WriteLine();
        new Facts()
            .Add("cost without the market", Amount(figures.CostWithoutMarket, result.Currency))
            .Add("cost with the market", Amount(figures.CostWithMarket, result.Currency))
            .Add("saved", Amount(figures.Saved, result.Currency))
            .Add("traded inside", string.Create(culture, $"{figures.Traded}{(figures.AverageLocalPrice is { } price ? $" at {price.ToString(result.Currency)}" : "")}"))
            .Add("self-sufficiency", Share(figures.SelfSufficiency))
            .Add("self-consumption", Share(figures.SelfConsumption))
            .Add("data problems", string.Create(culture, $"{result.DataProblems.Where(problem => problem.IsFault).Sum(problem => problem.Count):N0}"))
            .Add("sum of all accounts", result.Residual.IsZero ? "0, as it must be" : $"{result.Residual.ToString(result.Currency)}, but it must be 0")
            .Add("ledger", string.Create(culture, $"{result.Ledger.Transactions:N0} transactions in {result.Ledger.Height + 1:N0} blocks"))
            .Add("time", string.Create(culture, $"{result.Elapsed.TotalSeconds:N1} s"))
            .Write(output);
        output.WriteLine();
        output.WriteLine($"Open {Path.Combine(folder, "report.html")}");
        output.WriteLine($"Check it: ./commonwatt verify {Path.Combine(folder, "community.ledger")}");
    }

    private static string Amount(Money money, Currency currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{money.Micros / 1_000_000m:N2} {currency.Symbol}");

    private static string Share(double? share) =>
        share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:N0}%") : "-";
}
