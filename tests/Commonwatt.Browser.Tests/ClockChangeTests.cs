using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>The days when clocks are changed have 25 and 23 hours, on the page, in the file and in the API alike.</summary>
public sealed class ClockChangeTests(Chromium chromium, AutumnStreet autumn, SpringStreet spring)
{
    // In the column of the table: kWh with three digits, which are whole Wh.
    private const int Community = 4;
    private const int Grid = 5;
    private const int Sum = 6;

    [Fact]
    public Task The_day_when_clocks_go_back_has_25_hours_and_one_of_them_twice() =>
        CheckAsync(autumn, new DateOnly(2026, 10, 25), "2026-10-24T23:00:00Z", "This day has 25 hours", ["00:00", "01:00", "01:00", .. Hours(2)]);

    [Fact]
    public Task The_day_when_clocks_go_forward_has_23_hours_and_one_is_missing() =>
        CheckAsync(spring, new DateOnly(2026, 3, 29), "2026-03-29T00:00:00Z", "This day has 23 hours", ["00:00", .. Hours(2)]);

    private static IEnumerable<string> Hours(int first) => Enumerable.Range(first, 24 - first).Select(hour => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:00"));

    private async Task CheckAsync(Street street, DateOnly day, string begin, string notice, string[] hours)
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        string date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await visit.SignInAsync("Sofia", $"/energy?range=day&date={date}");
        await Assertions.Expect(visit.Main).ToContainTextAsync(notice);
        await visit.Main.GetByText("Show as a table").ClickAsync();
        IReadOnlyList<string> labels = await visit.Main.Locator("tbody th").AllInnerTextsAsync();
        Assert.Equal(hours, labels.Select(label => label[^5..]));

        string[][] file = await FileAsync(visit);
        string end = DateTimeOffset.Parse(begin, CultureInfo.InvariantCulture).AddHours(hours.Length).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
        JsonElement[] rows = [.. (await visit.AskAsync($"/me/energy?from={begin}&to={end}&resolution=hour")).GetProperty("items").EnumerateArray()];
        Assert.Equal(hours.Length, file.Length);
        Assert.Equal(rows.Select(row => row.GetProperty("start").GetDateTimeOffset()), file.Select(row => DateTimeOffset.Parse(row[0], CultureInfo.InvariantCulture)));
        Assert.Equal(hours, file.Select(row => row[0].Substring(11, 5)));
        Assert.All(rows.Zip(file), pair => Assert.Equal(pair.First.GetProperty("importWh").GetInt64(), WattHours(pair.Second[Community]) + WattHours(pair.Second[Grid])));

        string whole = await visit.Main.Locator("tfoot td").Nth(Sum - 2).InnerTextAsync();
        Assert.Equal(file.Sum(row => WattHours(row[Sum])), WattHours(whole));
        JsonElement prices = await visit.AskAsync($"/prices?from={begin}&to={end}");
        Assert.Equal(hours.Length, prices.GetProperty("items").GetArrayLength());
        visit.RequireClean();
    }

    private static async Task<string[][]> FileAsync(Visit visit)
    {
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Download as CSV" }).ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.StartsWith("start,end,sun (kWh),battery (kWh),community (kWh),grid (kWh),sum (kWh)", lines[0], StringComparison.Ordinal);
        return [.. lines.Skip(1).Select(line => line.Split(','))];
    }

    private static long WattHours(string kilowattHours) => (long)(decimal.Parse(kilowattHours, NumberStyles.Number, CultureInfo.InvariantCulture) * 1000);
}
