using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Reports;

/// <summary>Writes <c>report.html</c>: one file that opens anywhere, without a network.</summary>
/// <remarks>The page's frame, style and scripts stand beside this file and are embedded in the assembly.</remarks>
public static partial class ReportHtml
{
    /// <summary>Writes the report as UTF-8, without closing the stream.</summary>
    public static void Write(Stream stream, SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(Render(result)));
    }

    /// <summary>The report as text.</summary>
    /// <exception cref="ArgumentException">The arrays of the run have different lengths.</exception>
    public static string Render(SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Figures figures = Figures.Of(result);
        Dictionary<string, string> parts = new(StringComparer.Ordinal)
        {
            ["title"] = Say.Html(result.Scenario),
            ["when"] = Say.Html(When(result)),
            ["headline"] = Say.Html(Headline.Gain(result, figures)),
            ["energy"] = Say.Html(Headline.Energy(result, figures)),
            ["tiles"] = ReportSections.Tiles(result, figures),
            ["distribution"] = ReportSections.Distribution(result, figures),
            ["bills"] = BillTable.Of(result),
            ["problems"] = ReportSections.Problems(result),
            ["ledger"] = ReportSections.Ledger(result),
            ["style"] = Asset("report.css"),
            ["charts"] = Asset("charts.js"),
            ["views"] = Asset("views.js"),
            ["script"] = Asset("report.js"),
            ["data"] = ChartData.Of(result),
        };
        // One pass, so that a name that looks like a placeholder stays a name.
        return Placeholder().Replace(Asset("report.html"), match => parts[match.Groups["part"].Value]);
    }

    private static string When(SimulationResult result)
    {
        LocalClock clock = new(result.TimeZone);
        string first = clock.At(result.Start).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        string last = clock.At(result.End - TimeSpan.FromMilliseconds(1)).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        string days = string.Equals(first, last, StringComparison.Ordinal) ? first : $"{first} – {last}";
        return $"{days} · {result.TimeZone.Id} · {Say.Count(result.PeriodLength.Ticks / TimeSpan.TicksPerMinute)}-minute periods · {result.Mechanism}";
    }

    private static string Asset(string name)
    {
        using Stream stream = typeof(ReportHtml).Assembly.GetManifestResourceStream("report/" + name)
            ?? throw new InvalidOperationException($"The report's part '{name}' is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("\\{\\{(?<part>[a-z]+)\\}\\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
