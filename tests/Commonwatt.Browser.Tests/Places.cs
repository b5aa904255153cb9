using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Commonwatt.Browser.Tests;

/// <summary>What a street has that pages can be opened with: a trade and its transaction, an invoice, an invitation, an auditor.</summary>
/// <param name="Named">What stands for a name in braces in a path.</param>
/// <param name="Auditor">What the browser of an auditor remembers.</param>
internal sealed record Places(IReadOnlyDictionary<string, string> Named, string Auditor)
{
    /// <summary>Finds them, as a member and the manager see them.</summary>
    public static async Task<Places> FindAsync(Chromium chromium, Street street)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (Visit member = await Visit.BeginAsync(chromium, street))
        {
            await member.SignInAsync("Sofia", "/account");
            JsonElement trade = (await member.AskAsync("/me/trades?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z&limit=1")).GetProperty("items")[0];
            JsonElement order = (await member.AskAsync("/ledger/addresses/" + (named["address"] = await AddressAsync(member)))).GetProperty("items")[0];
            named["block"] = trade.GetProperty("block").GetInt64().ToString(CultureInfo.InvariantCulture);
            named["event"] = trade.GetProperty("eventIndex").GetInt64().ToString(CultureInfo.InvariantCulture);
            named["transaction"] = order.GetProperty("id").GetString()!;
            JsonElement invoices = (await member.AskAsync("/me/invoices")).GetProperty("items");
            named["invoice"] = invoices.EnumerateArray().First(invoice => string.Equals(invoice.GetProperty("status").GetString(), "final", StringComparison.Ordinal)).GetProperty("id").GetString()!;
        }

        await using Visit manager = await Visit.BeginAsync(chromium, street);
        await manager.SignInAsync("Marta", "/account");
        named["token"] = await InviteAsync(manager, """{ "name": "Ana Reis", "roles": ["member"] }""");
        return new Places(named, await AcceptAsync(chromium, street, await InviteAsync(manager, """{ "name": "Nuno Costa", "roles": ["auditor"] }""")));
    }

    /// <summary>A path with what stands in braces filled in.</summary>
    public string Fill(string path) => Named.Aggregate(path, (filled, place) => filled.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal));

    private static async Task<string> AddressAsync(Visit visit) => (await visit.AskAsync("/session")).GetProperty("person").GetProperty("address").GetString()!;

    private static async Task<string> InviteAsync(Visit manager, string invitation) =>
        (await manager.SendAsync("POST", "/invitations", invitation)).GetProperty("link").GetString()!.Split('/')[^1];

    private static async Task<string> AcceptAsync(Chromium chromium, Street street, string token)
    {
        await using Visit invited = await Visit.BeginAsync(chromium, street);
        await VirtualAuthenticator.AddAsync(invited.Page);
        await invited.GoAsync($"/invite/{token}");
        await invited.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await invited.Page.WaitForURLAsync("**/overview");
        return await invited.Page.Context.StorageStateAsync();
    }
}
