using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>A proof is checked by the browser, which believes no answer because it is an answer.</summary>
public sealed class ProofTests(Chromium chromium, AutumnStreet street)
{
    [Theory]
    [InlineData("/ledger/proof/event/{block}/{event}")]
    [InlineData("/ledger/proof/transaction/{transaction}")]
    public async Task A_changed_proof_is_refused_by_the_browser(string path)
    {
        Places places = await street.PlacesAsync(chromium);
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.GoAsync(places.Fill(path));
        await Assertions.Expect(visit.Main).ToContainTextAsync("It is proved");
        await Assertions.Expect(visit.Main).ToContainTextAsync("Computed in this browser");

        await visit.Page.RouteAsync("**/proof", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            byte[] file = await answer.BodyAsync();
            file[file.Length / 3] ^= 1;
            await route.FulfillAsync(new() { Response = answer, BodyBytes = file });
        });
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Main).ToContainTextAsync("It is not proved");
        await Assertions.Expect(visit.Main.GetByText("It is proved")).ToHaveCountAsync(0);
        visit.RequireClean();
    }

    [Fact]
    public async Task A_wallets_line_leads_to_its_proof()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Sofia", "/wallet");
        await visit.Main.Locator("details summary", new() { HasText = "Trades with neighbours" }).First.ClickAsync();
        await visit.Main.Locator("details[open]").GetByRole(AriaRole.Link, new() { Name = "Check the proof" }).ClickAsync();
        await Assertions.Expect(visit.Main).ToContainTextAsync("It is proved");
        visit.RequireClean();
    }
}
