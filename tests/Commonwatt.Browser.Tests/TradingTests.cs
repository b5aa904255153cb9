using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>Members trade by the form, and give and take back a mandate.</summary>
public sealed class TradingTests(Chromium chromium, BusyStreet street)
{
    private const int Patience = 60_000;

    private static readonly TimeSpan TimeToType = TimeSpan.FromMinutes(90);

    [Fact]
    public async Task Two_members_place_orders_that_cross_and_the_trade_is_theirs_when_the_gate_has_closed()
    {
        await using Visit seller = await Visit.BeginAsync(chromium, street);
        await using Visit buyer = await Visit.BeginAsync(chromium, street);
        await seller.SignInAsync("Sofia", "/market");
        await buyer.SignInAsync("Tiago", "/market");
        string delivery = await NextAsync(buyer);
        await PlaceAsync(seller, "sell", delivery, "0.4", "1");
        await PlaceAsync(buyer, "buy", delivery, "0.3", "45");
        string transaction = (await OrderAsync(buyer, delivery)).GetProperty("transaction").GetString()!;

        JsonElement trade = await TradeAsync(buyer, delivery);
        Assert.Equal("buy", trade.GetProperty("side").GetString());
        Assert.InRange(trade.GetProperty("quantityWh").GetInt64(), 1, 300);
        Assert.Contains((await OrderAsync(buyer, delivery)).GetProperty("state").GetString(), new[] { "filled", "partly-filled" });
        Assert.Equal("sell", (await TradeAsync(seller, delivery)).GetProperty("side").GetString());

        string proof = $"/ledger/proof/event/{trade.GetProperty("block").GetInt64().ToString(CultureInfo.InvariantCulture)}/{trade.GetProperty("eventIndex").GetInt64().ToString(CultureInfo.InvariantCulture)}";
        await buyer.GoAsync("/market?range=free&from=2026-11-21&to=2026-11-24");
        await Assertions.Expect(buyer.Main.Locator($"td a[href^='{proof}?']").First).ToBeVisibleAsync();
        await buyer.GoAsync($"/ledger/transactions/{transaction}");
        await Assertions.Expect(buyer.Main).ToContainTextAsync("market.place");
        await Assertions.Expect(buyer.Main.Locator(".badge.good").First).ToHaveTextAsync("Done");
        seller.RequireClean();
        buyer.RequireClean();
    }

    [Fact]
    public async Task An_order_can_be_withdrawn_while_its_period_is_open()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Tiago", "/market");
        // The form begins with the hour that closes first, which here is soon.
        string delivery = (await visit.Page.Locator("#order-period option").Last.GetAttributeAsync("value"))!;
        await PlaceAsync(visit, "buy", delivery, "0.123", "5.5");
        await visit.GoAsync("/market?range=free&from=2026-11-21&to=2026-11-24");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw: 123" }).First.ClickAsync();
        await Assertions.Expect(visit.Main.Locator("li", new() { HasText = "123" }).First).ToContainTextAsync("withdrawn", new() { Timeout = Patience });
        Assert.Equal("withdrawn", (await OrderAsync(visit, delivery)).GetProperty("state").GetString());
        visit.RequireClean();
    }

    [Fact]
    public async Task A_mandate_is_withdrawn_and_given_anew_with_the_members_own_signature()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Sofia", "/market");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the mandate" }).ClickAsync();
        ILocator grant = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign the mandate" });
        await grant.WaitForAsync(new() { Timeout = Patience });
        await visit.Page.Locator("input[name=lowest]").FillAsync("8");
        await visit.Page.Locator("input[name=highest]").FillAsync("20");
        await visit.Page.Locator("input[name=most]").FillAsync("5");
        await grant.ClickAsync();
        await Assertions.Expect(visit.Main.Locator(".said")).ToContainTextAsync("at most 5", new() { Timeout = Patience });
        JsonElement mandate = await visit.AskAsync("/me/mandate");
        Assert.Equal((80_000, 200_000, 5000), (mandate.GetProperty("lowest").GetInt64(), mandate.GetProperty("highest").GetInt64(), mandate.GetProperty("mostWhPerHour").GetInt64()));
        visit.RequireClean();
    }

    // The first period whose gate leaves time enough to fill in two forms.
    private static async Task<string> NextAsync(Visit visit)
    {
        DateTimeOffset now = (await visit.AskAsync("/community")).GetProperty("now").GetDateTimeOffset();
        string[] starts = await visit.Page.Locator("#order-period option").EvaluateAllAsync<string[]>("all => all.map(({ value }) => value)");
        return starts.Order(StringComparer.Ordinal).First(start => DateTimeOffset.Parse(start, CultureInfo.InvariantCulture) > now + TimeToType + TimeSpan.FromMinutes(30));
    }

    private static async Task PlaceAsync(Visit visit, string side, string delivery, string kilowattHours, string cents)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = side, Exact = true }).ClickAsync();
        await visit.Page.Locator("#order-period").SelectOptionAsync(delivery);
        await visit.Page.Locator("input[name=quantity]").FillAsync(kilowattHours);
        await visit.Page.Locator("input[name=limit]").FillAsync(cents);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("form").Filter(new() { Has = visit.Page.Locator("#order-period") }).GetByText("See it on the ledger")).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Equal(string.Empty, await visit.Page.Locator("input[name=quantity]").InputValueAsync());
    }

    private static async Task<JsonElement> OrderAsync(Visit visit, string delivery)
    {
        JsonElement orders = (await visit.AskAsync($"/me/orders?from={delivery}&to={After(delivery)}")).GetProperty("items");
        return orders.EnumerateArray().OrderBy(order => order.GetProperty("placedAt").GetString(), StringComparer.Ordinal).Last();
    }

    private static async Task<JsonElement> TradeAsync(Visit visit, string delivery)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            JsonElement trades = (await visit.AskAsync($"/me/trades?from={delivery}&to={After(delivery)}")).GetProperty("items");
            if (trades.GetArrayLength() > 0)
            {
                return trades[0];
            }

            Assert.True(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds < Patience, $"Nothing was traded for {delivery}.");
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }

    private static string After(string delivery) => DateTimeOffset.Parse(delivery, CultureInfo.InvariantCulture).AddHours(1).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
