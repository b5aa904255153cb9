using System.Net;
using System.Text.Json;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Node.Community;
using Commonwatt.Node.Tests.Databases;
using Member = Commonwatt.Contracts.Tests.Communities.Member;

namespace Commonwatt.Node.Tests.Community;

public class ApiTests
{
    private const string Anna = "sub=a;role=member;member=1";
    private const string Ben = "sub=b;role=member;member=2";
    private const string Manager = "sub=m;role=manager";

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_traded_day_can_be_read_in_every_way_there_is(string kind)
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community, kind);

        JsonElement facts = await api.GetAsync("/api/v1/community");
        Assert.Equal(("Rua das Flores", "Europe/Lisbon", 60, 4), (facts.Text("name"), facts.Text("timeZone"), facts.Number("periodMinutes"), facts.Number("members")));
        Assert.Equal(200_000, facts.GetProperty("tariff").Number("retail"));

        JsonElement first = (await api.GetAsync("/api/v1/prices")).Items()[0];
        Assert.Equal(("2024-06-01T13:00:00Z", 140_000, 1_500, "corrected"), (first.Text("start"), first.Number("price"), first.Number("tradedWh"), first.Text("phase")));
        Assert.Equal("settled", (await api.GetAsync("/api/v1/market/periods")).Items()[1].Text("phase"));

        JsonElement curves = await api.GetAsync("/api/v1/market/periods/2024-06-01T13:00:00Z");
        Assert.Equal([(100_000, 1_500)], curves.Steps("supply"));
        Assert.Equal([(140_000, 3_000)], curves.Steps("demand"));

        JsonElement order = (await api.GetAsync("/api/v1/me/orders", Ben)).Items().Single();
        Assert.Equal(("partly-filled", 1_500, 64), (order.Text("state"), order.Number("filledWh"), order.Text("transaction").Length));
        JsonElement trade = (await api.GetAsync("/api/v1/me/trades", Anna)).Items().Single();
        Assert.Equal(("sell", 210_000, 2), (trade.Text("side"), trade.Number("amount"), trade.Number("counterparty")));

        JsonElement energy = (await api.GetAsync("/api/v1/me/energy?resolution=day", Ben)).Items().Single();
        Assert.Equal(("2024-05-31T23:00:00Z", 1_500), (energy.Text("start"), energy.Number("boughtWh")));

        JsonElement grid = await api.GetAsync("/api/v1/grid", "sub=d;role=dso");
        Assert.Equal(80_000, grid.Number("connectionTotalW"));
        JsonElement settled = (await api.GetAsync("/api/v1/settlement/periods", Manager)).Items()[0];
        Assert.Equal(0, settled.Number("members") + settled.Number("utility") + settled.Number("dso") + settled.Number("fund"));
        Assert.Equal(4, (await api.GetAsync("/api/v1/members", Manager)).Items().Count);
        Assert.Equal(4, (await api.GetAsync("/api/v1/meters", Manager)).Items().Count);
        Assert.Contains("missing-readings", (await api.GetAsync("/api/v1/overview", Manager)).GetProperty("alerts").EnumerateArray().Select(alert => alert.Text("code")));
        Assert.Equal("pay-as-clear", (await api.GetAsync("/api/v1/rules")).GetProperty("inForce").Text("mechanism"));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_members_account_bill_and_entries_agree_with_each_other(string kind)
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community, kind);

        JsonElement bill = await api.GetAsync("/api/v1/me/bills", Ben);
        IReadOnlyList<JsonElement> lines = await AllAsync(api, "/api/v1/me/bills/lines?limit=2", Ben);
        IReadOnlyList<JsonElement> entries = await AllAsync(api, "/api/v1/me/wallet/entries?limit=3", Ben);
        JsonElement wallet = await api.GetAsync("/api/v1/me/wallet", Ben);
        JsonElement invoice = await api.GetAsync("/api/v1/me/invoices/2-2024-06", Ben);

        Assert.Equal(bill.Number("total"), lines.Sum(line => line.Number("amount")));
        Assert.Equal(bill.Number("total"), bill.GetProperty("groups").EnumerateArray().Sum(group => group.Number("total")));
        Assert.Equal(bill.Number("total") - bill.Number("withoutCommunity"), bill.Number("saved"));
        Assert.Equal(wallet.Number("balance"), entries.Sum(entry => entry.Number("amount")));
        Assert.Equal(bill.Number("lines"), lines.Count);
        Assert.Equal(lines.Select(line => line.GetRawText()), invoice.GetProperty("lines").EnumerateArray().Select(line => line.GetRawText()));
        Assert.Contains(lines, line => line.GetProperty("correction").GetBoolean() && line.Text("transaction").Length == 64);
        JsonElement home = await api.GetAsync("/api/v1/me/home", Ben);
        Assert.Equal((wallet.Number("balance"), bill.Number("saved")), (home.Number("balance"), home.Number("savedThisMonth")));
    }

    [Fact]
    public async Task Nobody_sees_what_is_anothers_by_trying_ids()
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);
        string[] own = ["home", "today", "energy", "energy.csv", "orders", "trades", "wallet", "wallet/entries", "bills", "bills/lines", "invoices"];
        foreach (string path in own)
        {
            string mine = await api.TextAsync($"/api/v1/me/{path}", Ben);
            foreach (string trick in (string[])["?member=1", "?account=1&id=1", "?sub=a", "?memberNumber=1&address=1"])
            {
                Assert.Equal(mine, await api.TextAsync($"/api/v1/me/{path}{trick}", Ben));
            }

            await api.GetAsync($"/api/v1/me/{path}", status: 401);
            await api.GetAsync($"/api/v1/me/{path}", Manager, status: 403);
        }

        await api.GetAsync("/api/v1/me/invoices/1-2024-06", Anna);
        foreach (string id in (string[])["1-2024-06", "01-2024-06", "2-2024-06%2F..%2F1-2024-06", "4294967297-2024-06", "1-2024-06.csv", "2-2024-07"])
        {
            JsonElement problem = await api.GetAsync($"/api/v1/me/invoices/{id}", Ben, status: 404);
            Assert.Equal("not-found", problem.Text("code"));
        }

        await api.GetAsync("/api/v1/invoices/1-2024-06", Ben, status: 403);
        await api.GetAsync("/api/v1/invoices/1-2024-06", Manager);
        JsonElement mineCursor = await api.GetAsync("/api/v1/me/wallet/entries?limit=1", Anna);
        JsonElement refused = await api.GetAsync($"/api/v1/me/wallet/entries?limit=1&cursor={mineCursor.Text("next")}", Ben, status: 400);
        Assert.Equal("wrong-cursor", refused.Text("code"));
        Assert.Equal("not-registered", (await api.GetAsync("/api/v1/me/home", "sub=x;role=member", status: 404)).Text("code"));
    }

    [Fact]
    public async Task Market_data_names_nobody()
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);
        foreach (string path in (string[])["/api/v1/market/periods", "/api/v1/market/periods/2024-06-01T13:00:00Z", "/api/v1/prices", "/api/v1/rules", "/api/v1/community"])
        {
            string text = await api.TextAsync(path);
            Assert.DoesNotContain("member\"", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("buyer", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\"address\"", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task An_answer_that_did_not_change_is_not_sent_again()
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);
        foreach (string path in (string[])["/api/v1/prices", "/api/v1/me/energy", "/api/v1/me/invoices/2-2024-06", "/api/v1/me/bills"])
        {
            using HttpResponseMessage first = await api.SendAsync(path, Ben);
            string tag = first.Headers.ETag!.ToString();
            using HttpResponseMessage again = await api.SendAsync(path, Ben, tag);
            using HttpResponseMessage other = await api.SendAsync(path, Ben, "\"another\"");

            Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Theory]
    [InlineData("/api/v1/prices?from=yesterday", "from", "wrong-time")]
    [InlineData("/api/v1/prices?from=2024-06-01T00:00:00", "from", "wrong-time")]
    [InlineData("/api/v1/prices?from=2024-06-01T00:00:00Z&to=2024-06-01T00:00:00Z", "to", "wrong-range")]
    [InlineData("/api/v1/prices?from=2020-06-01T00:00:00Z&to=2024-06-01T00:00:00Z", "to", "wrong-range")]
    [InlineData("/api/v1/me/energy?resolution=week", "resolution", "wrong-resolution")]
    [InlineData("/api/v1/me/bills?month=2024-6", "month", "wrong-month")]
    [InlineData("/api/v1/me/wallet/entries?limit=0", "limit", "wrong-limit")]
    [InlineData("/api/v1/me/wallet/entries?limit=501", "limit", "wrong-limit")]
    [InlineData("/api/v1/me/wallet/entries?cursor=abc", "cursor", "wrong-cursor")]
    [InlineData("/api/v1/market/periods/now", "start", "wrong-time")]
    [InlineData("/api/v1/settlement?kind=gift", "kind", "wrong-kind")]
    [InlineData("/api/v1/settlement?member=anna", "member", "wrong-member")]
    public async Task A_wrong_parameter_is_answered_with_its_name_a_code_and_a_sentence(string path, string field, string code)
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);

        JsonElement problem = await api.GetAsync(path, "sub=b;role=member;role=manager;member=2", status: 400);

        Assert.Equal((field, code, "about:blank"), (problem.Text("field"), problem.Text("code"), problem.Text("type")));
        Assert.EndsWith(".", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Tables_for_spreadsheets_have_the_numbers_of_the_JSON_answers(string kind)
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community, kind);

        string[] rows = (await api.TextAsync("/api/v1/me/energy.csv", Ben)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        IReadOnlyList<JsonElement> items = (await api.GetAsync("/api/v1/me/energy", Ben)).Items();
        Assert.Equal(items.Select(InCells), rows.Skip(1));

        string[] lines = (await api.TextAsync("/api/v1/settlement.csv", Manager)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        IReadOnlyList<JsonElement> all = await AllAsync(api, "/api/v1/settlement?limit=5", Manager);
        Assert.Equal(all.Select(InCells), lines.Skip(1));
        Assert.Equal((await api.GetAsync("/api/v1/me/invoices/2-2024-06", Ben)).GetProperty("lines").EnumerateArray().Select(InCells),
            (await api.TextAsync("/api/v1/me/invoices/2-2024-06.csv", Ben)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    [Fact]
    public async Task A_home_says_in_a_sentence_what_happens_and_why()
    {
        using TestCommunity community = TradedDay();
        community.For("16:00");
        community.Member("anna").Asks(1.0m, 0.10m).Accepted();
        community.Member("ben").Bids(1.0m, 0.14m).Accepted();
        community.At("16:30");
        var readings = new SomeReadings { Power = new LivePower(community.Now, new Power(1_500), Power.Zero, null, null, null, null) };
        await using ApiRig api = await ApiRig.OfAsync(community, readings: readings);

        JsonElement sentence = (await api.GetAsync("/api/v1/me/home", Ben)).GetProperty("sentence");
        Assert.Equal(("buying", 1_000, 500, 1), (sentence.Text("code"), sentence.GetProperty("values").Number("powerW"), sentence.GetProperty("values").Number("gridW"), sentence.GetProperty("values").Number("neighbours")));
        readings.Power = readings.Power with { Import = Power.Zero, Export = new Power(800) };
        Assert.Equal("selling", (await api.GetAsync("/api/v1/me/home", Anna)).GetProperty("sentence").Text("code"));
        Assert.Equal("exporting-grid", (await api.GetAsync("/api/v1/me/home", Ben)).GetProperty("sentence").Text("code"));
        readings.Power = null;
        Assert.Equal("no-readings", (await api.GetAsync("/api/v1/me/home", Ben)).GetProperty("sentence").Text("code"));
    }

    [Fact]
    public async Task Every_endpoint_is_described_with_a_summary_its_errors_and_who_may_call_it()
    {
        using TestCommunity community = TradedDay();
        await using ApiRig api = await ApiRig.OfAsync(community);

        JsonElement paths = (await api.GetAsync("/openapi/v1.json")).GetProperty("paths");

        foreach (string path in api.Paths())
        {
            JsonElement operation = paths.GetProperty(path).GetProperty("get");
            Assert.True(operation.Text("summary").Length > 10, path);
            JsonElement responses = operation.GetProperty("responses");
            Assert.True(responses.TryGetProperty("200", out JsonElement done) && done.TryGetProperty("content", out _), path);
            Assert.True(responses.TryGetProperty("400", out _), path);
            bool isOpen = (await api.SendAsync(path.Replace("{start}", "2024-06-01T13:00:00Z", StringComparison.Ordinal).Replace("{id}", "2-2024-06", StringComparison.Ordinal))).IsSuccessStatusCode;
            Assert.Equal(!isOpen, responses.TryGetProperty("401", out _) && operation.TryGetProperty("security", out _));
        }

        Assert.Equal(paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal), api.Paths().Order(StringComparer.Ordinal));
    }

    /// <summary>Anna sells to Ben at 13:00; Ben's reading comes late and is corrected.</summary>
    internal static TestCommunity TradedDay()
    {
        TestCommunity community = TestCommunity.Trading();
        community.At("12:10");
        Member anna = community.Member("anna");
        Member ben = community.Member("ben");
        anna.Asks(1.5m, 0.10m).Accepted();
        ben.Bids(3.0m, 0.14m).Accepted();
        community.At("14:10");
        anna.Reports(0m, 1.4m).Accepted();
        community.Member("carl").Reports(0.5m, 0m).Accepted();
        community.Member("dora").Reports(0.7m, 0m).Accepted();
        community.At("15:00");
        ben.Reports(2.0m, 0m).Accepted();
        community.Manager.Calls("market", "correct", new CorrectPeriod { DeliveryMs = community.Delivery.UnixMilliseconds }).Accepted();
        return community.At("15:40");
    }

    private static async Task<IReadOnlyList<JsonElement>> AllAsync(ApiRig api, string path, string who)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            JsonElement page = await api.GetAsync(next is null ? path : $"{path}&cursor={next}", who);
            items.AddRange(page.Items());
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return items;
    }

    private static string InCells(JsonElement item) => string.Join(',', item.EnumerateObject().Select(cell => cell.Value.ToString() switch { "True" => "true", "False" => "false", var text => text }));

    private sealed class SomeReadings : IReadingSource
    {
        public LivePower? Power { get; set; }

        public LivePower? LatestOf(long member) => Power;

        public IReadOnlyList<EnergySlice> SeriesOf(long member, Instant from, Instant to, TimeSpan length) => [];

        public IReadOnlyList<MeterState> StateOfMeters() => [];
    }
}

/// <summary>Reads JSON in few words.</summary>
internal static class JsonReading
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    public static IReadOnlyList<JsonElement> Items(this JsonElement json) => [.. json.GetProperty("items").EnumerateArray()];

    public static (long Price, long Wh)[] Steps(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(step => (step.Number("price"), step.Number("wh")))];
}
