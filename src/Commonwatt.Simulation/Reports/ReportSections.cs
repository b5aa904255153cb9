using System.Globalization;
using System.Text;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>The parts of the report that read without scripts: figures, bills, data problems and the ledger.</summary>
internal static class ReportSections
{
    /// <summary>The tiles with the figures people compare.</summary>
    public static string Tiles(SimulationResult result, Figures figures)
    {
        Currency currency = result.Currency;
        LocalClock clock = new(result.TimeZone);
        StringBuilder html = new();
        Tile(html, "saved", "Saved together", Say.Money(figures.Saved, currency), $"{Say.Percent(Share(figures))} of the bill without the market");
        Tile(html, "sun", "Self-sufficiency", Say.Percent(figures.SelfSufficiency), $"of {Say.Energy(figures.Load)} used");
        Tile(html, "sun", "Self-consumption", Say.Percent(figures.SelfConsumption), $"of {Say.Energy(figures.Generation)} made");
        Tile(html, "community", "Traded inside", Say.Energy(figures.Traded), AveragePrice(figures, currency));
        Tile(html, "grid", "Peak draw", Say.Power(figures.PeakImport.Power), When(clock, result, figures.PeakImport));
        Tile(html, "grid", "Peak feed-in", Say.Power(figures.PeakExport.Power), When(clock, result, figures.PeakExport));
        if (figures.PeakToAverage is { } ratio)
        {
            Tile(html, "grid", "Peak to average", ratio.ToString("N1", CultureInfo.InvariantCulture), "highest draw over the mean draw");
        }

        if (figures.EmissionsKilograms is { } kilograms)
        {
            Tile(html, "grid", "Emissions", Mass(kilograms), "CO₂e of the energy drawn from the grid");
        }

        return html.ToString();
    }

    /// <summary>How the savings are spread, as a sentence and a strip with one mark a member.</summary>
    public static string Distribution(SimulationResult result, Figures figures)
    {
        SavingsDistribution savings = figures.Savings;
        Currency currency = result.Currency;
        string worse = savings.WorseOff == 0 ? "Nobody paid more." : $"{Say.Count(savings.WorseOff)} paid more than without the market.";
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<p>{Say.Count(savings.BetterOff)} of {Say.Count(result.Members.Count, "member")} paid less than without the market. {worse} ");
        html.Append(Say.Html($"The middle member saved {Say.Money(savings.Median, currency)}; the middle half between {Say.Money(savings.LowerQuartile, currency)} and {Say.Money(savings.UpperQuartile, currency)}."));
        html.Append("</p>");
        Money low = Money.Min(savings.Lowest, Money.Zero);
        double width = Math.Max(1, (savings.Highest - low).Micros);
        html.Append("<div class=\"strip\" aria-hidden=\"true\">");
        foreach (MemberResult member in result.Members)
        {
            double left = (member.Saved - low).Micros / width * 100;
            html.Append(CultureInfo.InvariantCulture, $"<i style=\"left:{left:0.##}%\"></i>");
        }

        html.Append(CultureInfo.InvariantCulture, $"<span>{Say.Html(Say.Money(low, currency))}</span>");
        html.Append(CultureInfo.InvariantCulture, $"<span>{Say.Html(Say.Money(savings.Highest, currency))}</span></div>");
        return html.ToString();
    }

    /// <summary>What was wrong with the data, or that nothing was.</summary>
    public static string Problems(SimulationResult result)
    {
        if (result.DataProblems.Count == 0)
        {
            return "<p class=\"good\">Every value was there and plausible: nothing had to be left out or stood in for.</p>";
        }

        StringBuilder html = new("<div class=\"scroll\" role=\"region\" aria-label=\"Data problems\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Problem</th><th scope=\"col\" class=\"n\">Values</th><th scope=\"col\">What was done</th><th scope=\"col\">Where</th></tr></thead><tbody>");
        foreach (DataProblem problem in result.DataProblems)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Say.Html(problem.Category)}</th><td class=\"n\">{Say.Count(problem.Count)}</td><td>{Say.Html(problem.Rule)}</td><td>{Examples(problem)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>Where the ledger ended, and how anybody can check it.</summary>
    public static string Ledger(SimulationResult result)
    {
        LedgerSummary ledger = result.Ledger;
        string balance = result.Residual.IsZero
            ? "All accounts add up to exactly zero."
            : $"The accounts add up to {result.Residual.ToDecimal()} {result.Currency.Symbol} and not to zero: this run must not be relied on.";
        string signatures = ledger.Signatures ? "each signed and checked" : "without signatures";
        return $"""
            <p{(result.Residual.IsZero ? "" : " class=\"bad\"")}>{Say.Html(balance)} {Say.Count(ledger.Transactions, "transaction")}, {signatures}, in {Say.Count(ledger.Height + 1, "block")}.</p>
            <dl><dt>Tip</dt><dd><code>{Say.Html(ledger.Tip)}</code></dd></dl>
            <p>Check every block, every rule and every account yourself:</p>
            <pre><code>./commonwatt verify FOLDER/community.ledger --tip {Say.Html(ledger.Tip)}</code></pre>
            """;
    }

    private static void Tile(StringBuilder html, string colour, string name, string value, string note) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile {colour}\"><dt>{Say.Html(name)}</dt><dd><b>{Say.Html(value)}</b><span>{Say.Html(note)}</span></dd></div>");

    private static double? Share(Figures figures) =>
        figures.CostWithoutMarket > Money.Zero ? figures.Saved.Micros / (double)figures.CostWithoutMarket.Micros : null;

    private static string AveragePrice(Figures figures, Currency currency) =>
        figures.AverageLocalPrice is { } price ? $"at {Say.Price(price, currency)} on average" : "no price came about";

    private static string When(LocalClock clock, SimulationResult result, Peak peak) =>
        peak.Power.IsZero ? "none" : clock.At(result.StartOf(peak.Period)).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private static string Mass(double kilograms) => kilograms >= 10_000
        ? (kilograms / 1000).ToString("N1", CultureInfo.InvariantCulture) + " t"
        : kilograms.ToString("N0", CultureInfo.InvariantCulture) + " kg";

    private static string Examples(DataProblem problem) => problem.Examples.Count == 0
        ? ""
        : $"<details><summary>{Say.Count(problem.Examples.Count, "example")}</summary><ul>{string.Concat(problem.Examples.Select(example => $"<li>{Say.Html(example)}</li>"))}</ul></details>";
}
