using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;

namespace Commonwatt.Node.Tests.People;

public class InvitationTests
{
    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_link_serves_once_also_for_two_at_the_same_moment(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        string path = $"invitations/by-token/{rig.Invite(Roles.Member)}";
        Browser[] browsers = [rig.Browser(), rig.Browser(), rig.Browser(), rig.Browser()];
        var devices = browsers.Select(browser => new SoftwareAuthenticator { Origin = browser.Origin! }).ToArray();
        var credentials = new List<object>();
        for (int index = 0; index < browsers.Length; index++)
        {
            credentials.Add(devices[index].Create((await browsers[index].PostAsync($"{path}/passkey/options")).Is(200).Json));
        }

        Answer[] answers = await Task.WhenAll(browsers.Select((browser, index) => browser.PostAsync($"{path}/accept", new { name = "Ana", credential = credentials[index] })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(3, answers.Count(answer => answer.Status == 404));
        (await browsers[0].GetAsync(path)).Is(404, "no-invitation");
        (await browsers[0].PostAsync($"{path}/passkey/options")).Is(404);
        (await browsers[0].GetAsync($"{path}/totp")).Is(404);
        Assert.Single(rig.People.List("", 10));
    }

    [Fact]
    public async Task A_link_ends_after_seven_days()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        string path = $"invitations/by-token/{rig.Invite(Roles.Member)}";
        using Browser browser = rig.Browser();
        rig.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await browser.GetAsync(path)).Is(200);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await browser.GetAsync(path)).Is(404, "no-invitation");
    }

    [Fact]
    public async Task A_manager_invites_lists_and_withdraws()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        Answer made = (await manager.PostAsync("invitations", new
        {
            name = "Bela", email = "bela@example.org", roles = (string[])["member", "dso"], connectionW = 10_000, creditLine = 5_000_000, language = "pt",
            assets = (object[])[new { name = "Roof", kind = "pv", powerW = 5000 }],
        })).Is(201);
        string link = made.Json.GetProperty("link").GetString()!;
        Assert.StartsWith($"{rig.Site.GetLeftPart(UriPartial.Authority)}/invite/", link, StringComparison.Ordinal);
        string path = $"invitations/by-token/{link.Split('/')[^1]}";
        using Browser browser = rig.Browser();
        Answer read = (await browser.GetAsync(path)).Is(200);
        Assert.Equal("Bela", read.Json.GetProperty("name").GetString());
        Assert.DoesNotContain("bela@", read.Text, StringComparison.Ordinal);
        Assert.Equal("open", await StateAsync(manager, "Bela"));
        Assert.DoesNotContain(link.Split('/')[^1], (await manager.GetAsync("invitations")).Text, StringComparison.Ordinal);

        (await manager.DeleteAsync($"invitations/{made.Json.GetProperty("id").GetString()}")).Is(204);

        (await browser.GetAsync(path)).Is(404);
        (await manager.DeleteAsync($"invitations/{made.Json.GetProperty("id").GetString()}")).Is(404);
        Assert.DoesNotContain("Bela", (await manager.GetAsync("invitations")).Text, StringComparison.Ordinal);
        Assert.Equal("withdrawn", await StateAsync(manager, "Bela"));
    }

    [Theory]
    [InlineData("""{ "roles": ["member"] }""", "name")]
    [InlineData("""{ "name": "", "roles": ["member"] }""", "name")]
    [InlineData("""{ "name": "Ana\nBela", "roles": ["member"] }""", "name")]
    [InlineData("""{ "name": "Ana" }""", "roles")]
    [InlineData("""{ "name": "Ana", "roles": [] }""", "roles")]
    [InlineData("""{ "name": "Ana", "roles": ["root"] }""", "roles")]
    [InlineData("""{ "name": "Ana", "roles": [null] }""", "roles")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "email": "ana" }""", "email")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "language": "xx" }""", "language")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "connectionW": -1 }""", "connectionW")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "creditLine": -1 }""", "creditLine")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "meter": "cw12" }""", "meter")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "assets": [null] }""", "assets")]
    [InlineData("""{ "name": "Ana", "roles": ["member"], "assets": [{ "name": "Roof", "kind": "<b>", "powerW": 1 }] }""", "assets")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);

        Answer refused = await manager.SendAsync(HttpMethod.Post, "invitations", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(field, refused.Is(400).Json.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Names_are_kept_as_they_are_and_sent_as_data()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        const string Name = "<script>alert(1)</script> '; DROP TABLE people; -- =cmd|x";

        string link = (await manager.PostAsync("invitations", new { name = Name, roles = (string[])["member"] })).Is(201).Json.GetProperty("link").GetString()!;
        using Browser browser = rig.Browser();
        Answer read = (await browser.GetAsync($"invitations/by-token/{link.Split('/')[^1]}")).Is(200);

        Assert.Equal(Name, read.Json.GetProperty("name").GetString());
        Assert.StartsWith("application/json", read.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("nosniff", read.Headers["X-Content-Type-Options"]);
        Assert.Contains("script-src 'self';", read.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_a_manager_says_a_link_and_an_earlier_one_ends()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        string first = LinkIn(rig);
        await rig.RestartAsync();
        string second = LinkIn(rig);
        using Browser browser = rig.Browser();

        (await browser.GetAsync($"invitations/by-token/{first.Split('/')[^1]}")).Is(404);
        Assert.Equal(["manager"], (await browser.GetAsync($"invitations/by-token/{second.Split('/')[^1]}")).Is(200).Json.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        rig.SignedIn(Roles.Manager);
        rig.Log.Clear();
        await rig.RestartAsync();
        Assert.DoesNotContain(rig.Log, line => line.Contains("/invite/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_accounts_do_not_share_a_mail_address()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        await rig.JoinByPasswordAsync("ana@example.org", "kettle orbit lemon stair", Roles.Member);
        string path = $"invitations/by-token/{rig.Invite(Roles.Member)}";
        using Browser browser = rig.Browser();
        string secret = (await browser.GetAsync($"{path}/totp")).Json.GetProperty("secret").GetString()!;

        (await browser.PostAsync($"{path}/accept", new { name = "Ana", email = "Ana@Example.org", password = "kettle orbit lemon stair", code = Totp.CodeAt(secret, rig.Clock.GetUtcNow()) })).Is(409, "email-taken");
        (await browser.GetAsync(path)).Is(200);
    }

    private static async Task<string?> StateAsync(Browser manager, string name) =>
        (await manager.GetAsync("invitations?all=true")).Is(200).Json.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name).GetProperty("state").GetString();

    private static string LinkIn(PeopleRig rig) => rig.Log.Last(line => line.Contains("/invite/", StringComparison.Ordinal)).Split(' ')[^1];
}
