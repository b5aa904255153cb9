using System.Text.Json;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>Somebody new: invited, signed in with a passkey, with a key of his own, and let in by the manager.</summary>
public sealed class SigningInTests(Chromium chromium, BusyStreet street)
{
    private const int Patience = 30_000;

    [Fact]
    public async Task An_invited_neighbour_signs_in_with_a_passkey_makes_a_key_and_is_let_in()
    {
        await using Visit manager = await Visit.BeginAsync(chromium, street);
        await manager.SignInAsync("Marta", "/members/invitations");
        await manager.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Inês Prata");
        await manager.Page.GetByLabel("Connection in kW").FillAsync("6.9");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        string link = await manager.Main.Locator(".once code").InnerTextAsync();

        await using Visit neighbour = await Visit.BeginAsync(chromium, street);
        await VirtualAuthenticator.AddAsync(neighbour.Page);
        await neighbour.GoAsync(new Uri(link).PathAndQuery);
        await neighbour.Page.GetByLabel("Your name").FillAsync("Inês Prata");
        await neighbour.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await neighbour.Page.WaitForURLAsync(url => !url.Contains("/invite/", StringComparison.Ordinal));
        await neighbour.GoAsync("/account");
        await Assertions.Expect(neighbour.Main).ToContainTextAsync("None yet: make your key");

        await SignInAgainAsync(neighbour);
        await MakeKeyAsync(neighbour);
        await LetInAsync(manager);
        await neighbour.GoAsync("/account");
        await Assertions.Expect(neighbour.Main.GetByText("Member number")).ToBeVisibleAsync();
        JsonElement person = (await neighbour.AskAsync("/session")).GetProperty("person");
        Assert.Equal(JsonValueKind.Number, person.GetProperty("memberNumber").ValueKind);
        JsonElement shown = await neighbour.AskAsync($"/ledger/addresses/{person.GetProperty("address").GetString()}");
        Assert.Contains(shown.GetProperty("kinds").EnumerateArray(), kind => string.Equals(kind.GetString(), "member", StringComparison.Ordinal));
        manager.RequireClean();
        neighbour.RequireClean();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_only_the_page()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Tiago", "/wallet");
        string memory = await visit.Page.Context.StorageStateAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await visit.Page.WaitForURLAsync("**/sign-in");
        Assert.False((await visit.AskAsync("/session")).GetProperty("signedIn").GetBoolean());
        visit.RequireClean();

        await using Visit thief = await Visit.BeginAsync(chromium, street, memory: memory);
        await thief.Page.GotoAsync("/wallet");
        await thief.Page.WaitForURLAsync("**/sign-in?then=*");
        Assert.False((await thief.AskAsync("/session")).GetProperty("signedIn").GetBoolean());
        thief.RequireClean();
    }

    [Fact]
    public async Task A_page_of_another_role_is_refused_and_so_is_what_it_would_show()
    {
        await using Visit visit = await Visit.BeginAsync(chromium, street);
        await visit.SignInAsync("Tiago", "/account");
        foreach (string path in new[] { "/overview", "/settlement", "/members", "/grid" })
        {
            await visit.GoAsync(path);
            await Assertions.Expect(visit.Main).ToContainTextAsync("This page is not for your role");
        }

        visit.RequireClean();
        visit.Expect(403, "/api/v1/overview");
        Assert.Equal(403, (await visit.AskAsync("/overview")).GetProperty("status").GetInt32());
        visit.RequireClean();
    }

    private static async Task SignInAgainAsync(Visit neighbour)
    {
        await neighbour.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).First.ClickAsync();
        await neighbour.Page.WaitForURLAsync("**/sign-in");
        await neighbour.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await neighbour.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        Assert.Equal("Inês Prata", (await neighbour.AskAsync("/session")).GetProperty("person").GetProperty("name").GetString());
    }

    private static async Task MakeKeyAsync(Visit neighbour)
    {
        await neighbour.GoAsync("/keys");
        await neighbour.Page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await neighbour.Main.GetByText("Without a recovery phrase").ClickAsync();
        await neighbour.Main.Locator("form button.danger").ClickAsync();
        await Assertions.Expect(neighbour.Main).ToContainTextAsync("Your key is in this browser", new() { Timeout = Patience });
        await Assertions.Expect(neighbour.Main).ToContainTextAsync("This is the address of your account.");
    }

    private static async Task LetInAsync(Visit manager)
    {
        await manager.GoAsync("/members");
        await Assertions.Expect(manager.Main).ToContainTextAsync("Inês Prata");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Let in: sign and send" }).ClickAsync();
        await Assertions.Expect(manager.Main).ToContainTextAsync("Nobody waits", new() { Timeout = Patience });
    }
}
