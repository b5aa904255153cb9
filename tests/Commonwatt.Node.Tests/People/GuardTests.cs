using System.Text;
using Commonwatt.Node.People;

namespace Commonwatt.Node.Tests.People;

public class GuardTests
{
    [Theory]
    [InlineData("https://evil.example", null, true)]
    [InlineData("http://evil.example", "same-origin", true)]
    [InlineData("null", null, true)]
    [InlineData("http://localhost:1", null, true)]
    [InlineData(null, "cross-site", true)]
    [InlineData(null, "same-site", true)]
    [InlineData(null, "none", true)]
    [InlineData(null, null, true)]
    [InlineData("own", "cross-site", true)]
    [InlineData("own", null, false)]
    [InlineData(null, "same-origin", false)]
    public async Task What_another_sites_page_sends_changes_nothing(string? origin, string? fetchSite, bool sendsHeader)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, string person) = rig.SignedIn(Roles.Member);
        string own = browser.Origin!;
        browser.Origin = origin == "own" ? own : origin;
        browser.FetchSite = fetchSite;
        browser.SendsHeader = sendsHeader;

        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Mallory" })).Is(403, "cross-site");
        (await browser.DeleteAsync("session")).Is(403, "cross-site");
        (await browser.PostAsync("session/password")).Is(403, "cross-site");
        (await browser.FormAsync("session/password", ("email", "a"))).Is(403, "cross-site");
        (await browser.FormAsync("token", ("grant_type", "client_credentials"))).Is(403, "cross-site");

        Assert.NotEqual("Mallory", rig.People.Find(person)!.Name);
        (await browser.GetAsync("account")).Is(200);
    }

    [Fact]
    public async Task The_communitys_own_pages_may_also_where_the_browser_says_only_one_of_the_two()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, _) = rig.SignedIn(Roles.Member);
        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Ana" })).Is(200);
        browser.FetchSite = "same-origin";
        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Ana" })).Is(200);
        browser.Origin = null;
        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Ana" })).Is(200);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example:PORT")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public async Task A_name_of_somebody_elses_that_leads_to_this_machine_is_not_the_communitys(string header, string value)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(rig.Site, "/api/v1/session/passkey/options")) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Host = $"evil.example:{rig.Site.Port}";
        request.Headers.Add(header, value.Replace("PORT", $"{rig.Site.Port}", StringComparison.Ordinal));
        request.Headers.Add("X-Commonwatt", "1");

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)response.StatusCode);
    }

    [Fact]
    public async Task Where_origins_are_configured_only_those_count()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(settings: new PeopleSettings { KeyFolder = "", RelyingParty = "energy.example", Origins = ["https://energy.example"] });
        (Browser browser, string person) = rig.SignedIn(Roles.Member);

        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Ana" })).Is(403, "cross-site");
        browser.Origin = "https://energy.example";
        browser.SecureCookie = browser.Cookie;
        (await browser.SendAsync(HttpMethod.Patch, "account", new { name = "Ana" })).Is(200);
        Answer again = (await browser.PostAsync($"/api/v1/forgotten/demo?person={person}")).Is(200);
        Assert.StartsWith("__Host-commonwatt=", again.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Contains("secure", again.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age", again.Headers["Strict-Transport-Security"], StringComparison.Ordinal);
        Assert.Equal("energy.example", (await browser.PostAsync("session/passkey/options")).Is(200).Json.GetProperty("rpId").GetString());
    }

    [Theory]
    [InlineData("/api/v1/session", 200)]
    [InlineData("/api/v1/people", 401)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/status", 200)]
    public async Task Every_answer_tells_browsers_what_to_refuse(string path, int status)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        using Browser browser = rig.Browser();

        Answer answer = (await browser.GetAsync(path)).Is(status);

        string policy = answer.Headers["Content-Security-Policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
        Assert.Contains("camera=()", answer.Headers["Permissions-Policy"], StringComparison.Ordinal);
        Assert.False(answer.Headers.ContainsKey("Server"));
        Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Oversized_deep_and_malformed_bodies_are_refused_in_a_sentence()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, _) = rig.SignedIn(Roles.Manager);
        (string Body, int Status)[] bodies =
        [
            ($$"""{ "name": "{{new string('x', 70_000)}}" }""", 413),
            ($$"""{ "name": "Ana", "assets": {{string.Concat(Enumerable.Repeat("[", 40))}}{{string.Concat(Enumerable.Repeat("]", 40))}} }""", 400),
            ("""{ "name": "Ana", "name": "Bela", "roles": ["member"] }""", 400),
            ("""{ "name": """, 400),
            ("""{ "name": 1 }""", 400),
            ("""[]""", 400),
            ("""null""", 400),
            ("", 400),
            ("\0\0\0", 400),
        ];
        foreach ((string body, int status) in bodies)
        {
            Answer refused = await browser.SendAsync(HttpMethod.Post, "invitations", new StringContent(body, Encoding.UTF8, "application/json"));
            refused.Is(status);
            Assert.False(string.IsNullOrEmpty(refused.Json.GetProperty("detail").GetString()));
            Assert.DoesNotContain("   at ", refused.Text, StringComparison.Ordinal);
        }

        // 415, or 404 where pages answer whatever no endpoint takes.
        Answer other = await browser.SendAsync(HttpMethod.Post, "invitations", new StringContent("name=Ana", Encoding.UTF8, "text/plain"));
        Assert.Contains(other.Status, (int[])[404, 415]);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("%00")]
    [InlineData("' OR '1'='1")]
    [InlineData("<script>")]
    public async Task Paths_and_statements_in_ids_find_nothing(string id)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        foreach (string path in (string[])["session/all/", "invitations/", "clients/", "account/passkeys/"])
        {
            Assert.InRange((await manager.DeleteAsync(path + (id.Contains('%', StringComparison.Ordinal) ? id : Uri.EscapeDataString(id)))).Status, 400, 404);
        }

        Assert.InRange((await manager.GetAsync($"people?cursor={Uri.EscapeDataString(id)}")).Status, 200, 400);
        (await manager.GetAsync("people")).Is(200);
    }
}
