using System.Globalization;
using System.Text;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>Each member's bill with and without the market, as a table that a script makes sortable.</summary>
internal static class BillTable
{
    private static readonly (string Title, string Class)[] Columns =
    [
        ("Member", ""),
        ("Without", "n"),
        ("With", "n"),
        ("Saved", "n"),
        ("", "bars"),
        ("Used kWh", "n"),
        ("Made kWh", "n"),
        ("Bought kWh", "n"),
        ("Sold kWh", "n"),
        ("Estimated", "n"),
        ("Strategy", ""),
    ];

    /// <summary>The table as HTML.</summary>
    public static string Of(SimulationResult result)
    {
        double widest = result.Members.Select(member => (double)Math.Max(Size(member.CostWithMarket), Size(member.CostWithoutMarket))).DefaultIfEmpty(1).Max();
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" role=\"region\" aria-label=\"Bills of each member\" tabindex=\"0\"><table class=\"bills\"><caption>Bills in {Say.Html(result.Currency.Symbol)}; a minus is money received</caption><thead><tr>");
        foreach ((string title, string style) in Columns)
        {
            html.Append(title.Length == 0
                ? $"<td class=\"{style}\"></td>"
                : $"<th scope=\"col\" class=\"{style}\"><button type=\"button\">{title}</button></th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (MemberResult member in result.Members)
        {
            Row(html, member, Math.Max(1, widest));
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static void Row(StringBuilder html, MemberResult member, double widest)
    {
        html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" title=\"{Say.Html(member.Id)}\">{Say.Html(member.Name)}</th>");
        Cell(html, member.CostWithoutMarket.Micros, Say.Bare(member.CostWithoutMarket));
        Cell(html, member.CostWithMarket.Micros, Say.Bare(member.CostWithMarket));
        Cell(html, member.Saved.Micros, Say.Bare(member.Saved), member.Saved.IsNegative ? "n bad" : "n good");
        html.Append("<td class=\"bars\" aria-hidden=\"true\">");
        Bar(html, "without", member.CostWithoutMarket, widest);
        Bar(html, "with", member.CostWithMarket, widest);
        html.Append("</td>");
        foreach (Energy energy in (ReadOnlySpan<Energy>)[member.Load, member.Generation, member.Bought, member.Sold])
        {
            Cell(html, energy.WattHours, Say.KilowattHours(energy));
        }

        Cell(html, member.EstimatedReadings, Say.Count(member.EstimatedReadings));
        html.Append(CultureInfo.InvariantCulture, $"<td>{Say.Html(member.Strategy)}</td></tr>");
    }

    private static void Cell(StringBuilder html, long order, string text, string style = "n") =>
        html.Append(CultureInfo.InvariantCulture, $"<td class=\"{style}\" data-v=\"{order}\">{text}</td>");

    private static void Bar(StringBuilder html, string style, Money money, double widest) =>
        html.Append(CultureInfo.InvariantCulture, $"<i class=\"{style}{(money.IsNegative ? " received" : "")}\" style=\"width:{Size(money) / widest * 100:0.#}%\"></i>");

    private static long Size(Money money) => Money.Abs(money).Micros;
}
