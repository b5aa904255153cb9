using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>What stands round the pages: the connection, the language.</summary>
public sealed class ConnectionTests(Chromium chromium, AutumnStreet street)
{
    [Fact]
    public async Task A_lost_connection_is_told_and_comes_back_by_itself()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Tiago", "/market");
        await visit.Page.Locator("header .light.live").WaitForAsync();
        await visit.Page.Context.SetOfflineAsync(offline: true);
        await Assertions.Expect(visit.Main).ToContainTextAsync("No connection to the node.", new() { Timeout = 20_000 });
        await visit.Page.Context.SetOfflineAsync(offline: false);
        await Assertions.Expect(visit.Main).ToContainTextAsync("Connected again.", new() { Timeout = 20_000 });
        await visit.Page.Locator("header .light.live").WaitForAsync();
        visit.RequireClean();
    }

    [Fact]
    public async Task The_language_can_be_changed_and_is_remembered()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Tiago", "/wallet");
        await visit.Page.GetByLabel("Language").First.SelectOptionAsync("pt");
        await Assertions.Expect(visit.Main.Locator("h1")).ToHaveTextAsync("Carteira e contas");
        Assert.Equal("pt", await visit.Page.Locator("html").GetAttributeAsync("lang"));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Main.Locator("h1")).ToHaveTextAsync("Carteira e contas");
        visit.RequireClean();
    }
}
