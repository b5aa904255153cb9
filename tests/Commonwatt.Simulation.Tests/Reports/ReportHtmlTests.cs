using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Commonwatt.Simulation.Reports;
using Commonwatt.Simulation.Results;
using Commonwatt.Simulation.Tests.Results;

namespace Commonwatt.Simulation.Tests.Reports;

public class ReportHtmlTests
{
    [Fact]
    public void The_headline_says_what_the_community_gained() => Assert.Contains(
        "<h1>The 2 members of Two houses saved 0.30 € by trading with each other: they paid 0.50 € instead of 0.80 €, in 4 hours.</h1>",
        Read(TwoHouses.Run()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(800_000, 800_000, "paid the same with their market as without it: 0.80 €")]
    [InlineData(800_000, 900_000, "paid 0.10 € more with their market than without it: 0.90 € instead of 0.80 €")]
    [InlineData(-200_000, -300_000, "gained 0.10 € by trading with each other")]
    public void The_headline_is_right_whoever_won(long without, long with, string expected)
    {
        SimulationResult run = TwoHouses.Run();
        MemberResult member = run.Members[0] with { CostWithoutMarket = new Money(without), CostWithMarket = new Money(with) };

        Assert.Contains(expected, Read(run with { Members = [member] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_asked_of_any_other_host()
    {
        string html = ReportHtml.Render(PlausibleCommunity.Make(days: 7));

        Assert.DoesNotContain("http:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)(src|href)=\"(?!data:)", html);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img onerror=alert(1)>")]
    [InlineData("</title></script><b>")]
    public void A_name_is_text_wherever_it_stands(string name)
    {
        SimulationResult run = TwoHouses.Run(name);
        run = run with
        {
            Mechanism = name,
            Currency = new Currency("XXX", name),
            Members = [run.Members[0] with { Id = name, Name = name, Strategy = name }],
            Ledger = run.Ledger with { Tip = name },
            DataProblems = [new DataProblem(name, 1, name, [name])],
        };

        string html = ReportHtml.Render(run);

        Assert.DoesNotContain(name, html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "<script", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10)));
        Assert.Equal(name, Data(html).GetProperty("currency").GetString());
    }

    [Fact]
    public void A_name_that_looks_like_a_placeholder_stays_a_name() =>
        Assert.Contains("members of {{bills}} saved", ReportHtml.Render(TwoHouses.Run("{{bills}}")), StringComparison.Ordinal);

    [Fact]
    public void A_year_of_quarter_hours_stays_well_below_two_megabytes()
    {
        string html = ReportHtml.Render(PlausibleCommunity.Make(days: 366, members: 100));

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 100_000, 1_000_000);
        Assert.Equal(60, Data(html).GetProperty("step").GetInt32());
        Assert.Equal(8784, Data(html).GetProperty("points").GetProperty("load").GetArrayLength());
    }

    [Fact]
    public void A_week_keeps_its_quarter_hours()
    {
        JsonElement data = Data(ReportHtml.Render(PlausibleCommunity.Make(days: 7)));

        Assert.Equal(15, data.GetProperty("step").GetInt32());
        Assert.Equal(672, data.GetProperty("points").GetProperty("load").GetArrayLength());
        Assert.Equal(96, data.GetProperty("profile").GetProperty("load").GetArrayLength());
    }

    [Fact]
    public void The_sources_of_each_hour_add_up_to_its_use()
    {
        JsonElement points = Data(ReportHtml.Render(TwoHouses.Run())).GetProperty("points");

        Assert.Equal([0, 500, 500, 0], Numbers(points, "sun"));
        Assert.Equal([0, 1000, 1000, 0], Numbers(points, "community"));
        Assert.Equal([1500, 0, 0, 1500], Numbers(points, "grid"));
        Assert.Equal([1500, 1500, 1500, 1500], Numbers(points, "load"));
    }

    [Fact]
    public void The_day_that_clocks_change_has_its_offsets()
    {
        JsonElement offsets = Data(ReportHtml.Render(PlausibleCommunity.Make(days: 100))).GetProperty("offsets");

        // Lisbon goes from UTC to an hour ahead at 01:00 UTC on 31 March: 90 days and an hour after the start.
        Assert.Equal("[[0,0],[8644,60]]", offsets.GetRawText());
    }

    [Fact]
    public void A_clean_run_says_so() =>
        Assert.Contains("Every value was there and plausible", ReportHtml.Render(TwoHouses.Run() with { DataProblems = [] }), StringComparison.Ordinal);

    [Fact]
    public void Accounts_that_do_not_add_up_are_not_kept_quiet() =>
        Assert.Contains("must not be relied on", ReportHtml.Render(TwoHouses.Run() with { Residual = new Money(1) }), StringComparison.Ordinal);

    [Fact]
    public void The_same_run_makes_the_same_bytes() =>
        Assert.Equal(ReportHtml.Render(PlausibleCommunity.Make(days: 2)), ReportHtml.Render(PlausibleCommunity.Make(days: 2)));

    // As a reader sees it: without entities, and with every space alike.
    private static string Read(SimulationResult run) => System.Net.WebUtility.HtmlDecode(ReportHtml.Render(run)).Replace('\u00A0', ' ');

    private static JsonElement Data(string html)
    {
        const string Open = "<script type=\"application/json\" id=\"data\">";
        int from = html.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        using JsonDocument json = JsonDocument.Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)]);
        return json.RootElement.Clone();
    }

    private static long[] Numbers(JsonElement points, string name) => [.. points.GetProperty(name).EnumerateArray().Select(value => value.GetInt64())];
}
