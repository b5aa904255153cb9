using System.Text;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;

namespace Commonwatt.Node.Tests.People;

public class ClientTests
{
    [Theory, MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_gateway_gets_a_token_for_its_credentials_until_it_is_revoked(string kind)
    {
        await using PeopleRig rig = await PeopleRig.StartAsync(kind);
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (string id, string secret) = await MakeAsync(manager, Scopes.WriteReadings);
        using Browser gateway = Machine(rig);

        Answer given = (await TokenAsync(gateway, id, secret)).Is(200);

        Assert.Equal("Bearer", given.Json.GetProperty("token_type").GetString());
        Assert.Equal(900, given.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("readings:write", given.Json.GetProperty("scope").GetString());
        Assert.Equal("no-store", given.Headers["Cache-Control"]);
        gateway.Bearer = given.Json.GetProperty("access_token").GetString();
        (await gateway.PostAsync("forgotten/readings")).Is(200);
        Assert.DoesNotContain(secret, (await manager.GetAsync("clients")).Text, StringComparison.Ordinal);

        (await manager.DeleteAsync($"clients/{id}")).Is(204);

        (await gateway.PostAsync("forgotten/readings")).Is(401);
        gateway.Bearer = null;
        (await TokenAsync(gateway, id, secret)).Is(401);
    }

    [Fact]
    public async Task Two_machines_do_not_have_one_name()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (await manager.PostAsync("clients", new { name = "Gateway", scopes = new[] { Scopes.WriteReadings } })).Is(201);

        (await manager.PostAsync("clients", new { name = " gateway ", scopes = new[] { Scopes.WriteReadings } })).Is(409, "name-taken");

        Assert.Equal(1, (await manager.GetAsync("clients")).Json.GetProperty("items").GetArrayLength());
        (await manager.PostAsync("clients", new { name = "Gateway 2", scopes = new[] { Scopes.WriteReadings } })).Is(201);
    }

    [Fact]
    public async Task A_token_ends_after_a_quarter_of_an_hour()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        using Browser gateway = Machine(rig);
        gateway.Bearer = rig.Token(Scopes.WriteReadings);
        rig.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await gateway.PostAsync("forgotten/readings")).Is(200);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));

        Answer refused = (await gateway.PostAsync("forgotten/readings")).Is(401, "not-signed-in");

        Assert.Contains("invalid_token", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_requests_for_tokens_get_the_errors_of_RFC_6749()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (string id, string secret) = await MakeAsync(manager, Scopes.WriteReadings);
        using Browser gateway = Machine(rig);

        await RefusedAsync(gateway.FormAsync("token"), 400, "invalid_request");
        await RefusedAsync(gateway.FormAsync("token", ("grant_type", "password"), ("client_id", id), ("client_secret", secret)), 400, "unsupported_grant_type");
        await RefusedAsync(TokenAsync(gateway, id, "wrong"), 401, "invalid_client");
        await RefusedAsync(TokenAsync(gateway, "unknown", secret), 401, "invalid_client");
        await RefusedAsync(TokenAsync(gateway, id, secret, "settlement:read"), 400, "invalid_scope");
        await RefusedAsync(TokenAsync(gateway, id, secret, "readings:write settlement:read"), 400, "invalid_scope");
        await RefusedAsync(gateway.FormAsync("token", ("grant_type", "client_credentials"), ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)), 400, "invalid_request");
        await RefusedAsync(gateway.PostAsync("token", new { grant_type = "client_credentials" }), 400, "invalid_request");
    }

    [Fact]
    public async Task Credentials_may_stand_in_the_header_but_not_twice()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser manager, _) = rig.SignedIn(Roles.Manager);
        (string id, string secret) = await MakeAsync(manager, Scopes.WriteReadings);
        using var client = new HttpClient { BaseAddress = rig.Site };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        using var once = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        using var twice = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_secret", secret)]);

        using HttpResponseMessage given = await client.PostAsync("/api/v1/token", once, TestContext.Current.CancellationToken);
        using HttpResponseMessage refused = await client.PostAsync("/api/v1/token", twice, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)given.StatusCode);
        Assert.Equal(400, (int)refused.StatusCode);
    }

    [Fact]
    public async Task A_token_says_what_it_is_for_and_nothing_else_opens()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        using Browser readings = Machine(rig);
        readings.Bearer = rig.Token(Scopes.WriteReadings);
        using Browser settlement = Machine(rig);
        settlement.Bearer = rig.Token(Scopes.ReadSettlement);

        (await readings.GetAsync("forgotten/settlement")).Is(403, "wrong-role");
        (await settlement.GetAsync("forgotten/settlement")).Is(200);
        (await settlement.PostAsync("forgotten/readings")).Is(403, "wrong-role");
        (await readings.GetAsync("account")).Is(403, "wrong-role");
    }

    [Fact]
    public async Task A_wrong_token_is_not_made_good_by_a_cookie()
    {
        await using PeopleRig rig = await PeopleRig.StartAsync();
        (Browser browser, _) = rig.SignedIn(Roles.Manager);
        browser.Bearer = "nonsense";

        (await browser.GetAsync("people")).Is(401);
        browser.Bearer = rig.Token(Scopes.WriteReadings);
        (await browser.GetAsync("people")).Is(403);
    }

    private static Browser Machine(PeopleRig rig) => new(rig.Site) { Origin = null, SendsHeader = false };

    private static async Task<(string Id, string Secret)> MakeAsync(Browser manager, params string[] scopes)
    {
        Answer made = (await manager.PostAsync("clients", new { name = "Gateway", scopes })).Is(201);
        return (made.Json.GetProperty("id").GetString()!, made.Json.GetProperty("secret").GetString()!);
    }

    private static Task<Answer> TokenAsync(Browser browser, string id, string secret, string? scope = null) => browser.FormAsync(
        "token", [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), .. scope is null ? [] : (ReadOnlySpan<(string, string)>)[("scope", scope)]]);

    private static async Task RefusedAsync(Task<Answer> asked, int status, string error) => Assert.Equal(error, (await asked).Is(status).Json.GetProperty("error").GetString());
}
