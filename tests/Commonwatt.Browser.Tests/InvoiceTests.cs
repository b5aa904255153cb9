using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>What an invoice's page shows, its file holds and the API says is the same, to the millionth.</summary>
public sealed class InvoiceTests(Chromium chromium, AutumnStreet street)
{
    [Fact]
    public async Task An_invoices_page_its_file_and_the_api_have_the_same_sums()
    {
        Places places = await street.PlacesAsync(chromium);
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Sofia", places.Fill("/invoices/{invoice}"));
        JsonElement invoice = await visit.AskAsync(places.Fill("/me/invoices/{invoice}"));
        long[] lines = [.. invoice.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("amount").GetInt64())];
        long total = invoice.GetProperty("total").GetInt64();
        Assert.NotEmpty(lines);
        Assert.Equal(total, lines.Sum() + invoice.GetProperty("corrections").EnumerateArray().Where(line => !IsAmong(line, invoice)).Sum(line => line.GetProperty("amount").GetInt64()));
        Assert.Equal(total, invoice.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("received").GetInt64() - group.GetProperty("paid").GetInt64()));

        await visit.Main.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Show more", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        ILocator table = visit.Main.Locator("section").Last.Locator("tbody tr");
        long[] telling = [.. invoice.GetProperty("lines").EnumerateArray().Where(TellsSomething).Select(line => line.GetProperty("amount").GetInt64())];
        await Assertions.Expect(table).ToHaveCountAsync(telling.Length);
        string[] shown = await table.EvaluateAllAsync<string[]>("rows => rows.map((row) => row.cells[5].innerText)");
        Assert.Equal(telling, shown.Select(Micros));

        string due = await visit.Main.Locator(".due b").First.InnerTextAsync();
        Assert.Equal(Math.Round(Math.Abs(total) / 10_000m, MidpointRounding.AwayFromZero), Micros(due) / 10_000m);
        await CheckFileAsync(visit, lines);
        visit.RequireClean();
    }

    private static async Task CheckFileAsync(Visit visit, long[] lines)
    {
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        string[] file = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        int column = Array.FindIndex(file[0].Split(','), name => name.StartsWith("amount", StringComparison.Ordinal));
        Assert.True(column > 0, file[0]);
        Assert.Equal(lines, file.Skip(1).Select(line => line.Split(',')[column]).Select(amount => long.Parse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)));
    }

    // Fees and penalties that came to nothing are not on the page; the file has them.
    private static bool TellsSomething(JsonElement line) =>
        line.GetProperty("amount").GetInt64() != 0 || line.GetProperty("kind").GetString() is not ("penalty" or "grid-fee");

    private static bool IsAmong(JsonElement line, JsonElement invoice) =>
        invoice.GetProperty("lines").EnumerateArray().Any(other => string.Equals(other.GetRawText(), line.GetRawText(), StringComparison.Ordinal));

    // As the page writes money in English: -€1.234567
    private static long Micros(string money) =>
        (long)(decimal.Parse(money.Replace("€", string.Empty, StringComparison.Ordinal).Replace('−', '-'), NumberStyles.Number, CultureInfo.InvariantCulture) * 1_000_000);
}
