using System.Data.Common;
using System.Diagnostics;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Databases;
using Commonwatt.Node.People;
using Commonwatt.Node.Telemetry;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.People;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>What holds for the node as a whole, with all its parts.</summary>
public sealed class WholeNodeTests
{
    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_founded_node_signs_people_in_shows_prices_and_keeps_everything_over_a_restart(string kind)
    {
        await using WholeNode node = await WholeNode.StartAsync(kind);
        await node.RegisterAsync("first");
        using Browser manager = node.SignedIn(Roles.Manager);
        string link = (await manager.PostAsync("invitations", new { name = "Ana", roles = new[] { "member" } })).Is(201).Json.GetProperty("link").GetString()!;
        string token = link.Split('/')[^1];
        using Browser ana = node.Browser();
        var device = new SoftwareAuthenticator { Origin = ana.Origin! };
        Answer options = (await ana.PostAsync($"invitations/by-token/{token}/passkey/options")).Is(200);
        (await ana.PostAsync($"invitations/by-token/{token}/accept", new { name = "Ana", credential = device.Create(options.Json) })).Is(200);
        Assert.True((await ana.GetAsync("prices")).Is(200).Json.GetProperty("items").GetArrayLength() >= 0);
        ulong height = node.Community.Height;

        await node.RestartAsync();

        using Browser again = node.SignedInAs("person-1");
        Assert.Equal("person-1", (await again.GetAsync("session")).Json.GetProperty("person").GetProperty("id").GetString());
        Assert.Equal("Ana", (await ana.GetAsync("session")).Json.GetProperty("person").GetProperty("name").GetString());
        (await again.GetAsync($"invitations/by-token/{token}")).Is(404);
        Assert.True(node.Community.Height >= height);
        await node.RegisterAsync("second");
        Assert.Equal(2, (await again.GetAsync("members")).Is(200).Json.GetProperty("items").GetArrayLength());
        (await again.GetAsync("prices")).Is(200);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_repeated_invitation_or_client_is_made_once_and_its_secret_stands_nowhere_in_plain(string kind)
    {
        await using WholeNode node = await WholeNode.StartAsync(kind);
        using Browser manager = node.SignedIn(Roles.Manager);
        manager.IdempotencyKey = "once";

        string link = (await manager.PostAsync("invitations", new { name = "Ana", roles = new[] { "member" } })).Is(201).Json.GetProperty("link").GetString()!;
        Answer again = (await manager.PostAsync("invitations", new { name = "Ana", roles = new[] { "member" } })).Is(201);
        (await manager.PostAsync("invitations", new { name = "Rui", roles = new[] { "member" } })).Is(422, "idempotency-key-reused");
        manager.IdempotencyKey = "twice";
        string secret = (await manager.PostAsync("clients", new { name = "gateway", scopes = new[] { "readings:write" } })).Is(201).Json.GetProperty("secret").GetString()!;
        string same = (await manager.PostAsync("clients", new { name = "gateway", scopes = new[] { "readings:write" } })).Is(201).Json.GetProperty("secret").GetString()!;

        Assert.Equal(link, again.Json.GetProperty("link").GetString());
        Assert.Equal(secret, same);
        Assert.Single(node.Rows("clients"));
        string kept = string.Join('\n', node.Rows("idempotency").SelectMany(row => row.Values).Select(value => value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{value}"));
        Assert.Contains("once", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Split('/')[^1], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        await node.RestartAsync();
        using Browser later = node.SignedInAs("person-1");
        later.IdempotencyKey = "once";
        string path = new Uri((await later.PostAsync("invitations", new { name = "Ana", roles = new[] { "member" } })).Is(201).Json.GetProperty("link").GetString()!).AbsolutePath;
        Assert.Equal(new Uri(link).AbsolutePath, path);
    }

    [Fact]
    public async Task A_gateway_that_repeats_its_readings_gets_the_same_answer()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser gateway = node.Machine(Scopes.WriteReadings);
        gateway.IdempotencyKey = "k";
        object sent = new { readings = new[] { new { meter = Address.OfName("nobody's").ToString(), at = "2026-11-21T13:00:00Z", importWh = 1, exportWh = 0 } } };

        Answer first = (await gateway.PostAsync("readings", sent)).Is(200);
        Answer again = (await gateway.PostAsync("readings", sent)).Is(200);

        Assert.Equal(first.Text, again.Text);
        (await gateway.PostAsync("readings", new { readings = Array.Empty<object>() })).Is(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Counts_are_for_the_machine_itself_and_for_whoever_may_read_them()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser nobody = node.Browser();
        (await nobody.GetAsync("/metrics")).Is(200);

        nobody.ForwardedFor = "203.0.113.5";
        (await nobody.GetAsync("/metrics")).Is(401);
        foreach ((Browser sender, int status) in ((Browser, int)[])
            [(node.SignedIn(Roles.Member), 403), (node.SignedIn(Roles.Manager), 200), (node.SignedIn(Roles.Auditor), 200), (node.Machine(Scopes.ReadMetrics), 200), (node.Machine(Scopes.ReadCommunity), 403)])
        {
            using (sender)
            {
                sender.ForwardedFor = "203.0.113.5";
                Assert.Equal(status, (await sender.GetAsync("/metrics")).Status);
            }
        }
    }

    [Fact]
    public async Task Pages_files_and_answers_have_one_policy_each_and_it_is_the_same()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using var client = new HttpClient { BaseAddress = node.Site };
        var policies = new List<string>();
        foreach (string path in (string[])["/", "/market", "/index.html", "/no-such-file.js", "/api/v1/community", "/api/v1/nothing", "/openapi/v1.json", "/status", "/metrics"])
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            policies.Add(answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.Equal(SecurityHeaders.Policy, Assert.Single(policies.Distinct()));
        Assert.DoesNotContain("unsafe-eval", SecurityHeaders.Policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", SecurityHeaders.Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_stand_in_no_trace_and_no_log()
    {
        using var activity = new Activity("GET /api/v1/invitations/by-token/{token}");
        activity.SetTag("url.path", "/api/v1/invitations/by-token/c2VjcmV0/accept").SetTag("url.query", "?q=c2VjcmV0").SetTag("http.route", "/api/v1/invitations/by-token/{token}/accept");
        using var redaction = new SecretsOutOfTraces();

        redaction.OnEnd(activity);

        Assert.Equal("/api/v1/invitations/by-token/…/accept", activity.GetTagItem("url.path"));
        Assert.DoesNotContain("c2VjcmV0", string.Join(' ', activity.TagObjects.Select(tag => tag.Value)), StringComparison.Ordinal);
        Assert.Equal("/invite/…", ShownPath.Of("/invite/c2VjcmV0"));
        Assert.Equal("/api/v1/community", ShownPath.Of("/api/v1/community"));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public void A_fault_while_tables_are_opened_leaves_no_transaction_on_the_connection(string kind)
    {
        using var test = new TestDatabase(kind);
        Database database = test.Open();
        // Without tables, what is read first fails after the transaction has begun.
        Assert.ThrowsAny<DbException>(() => new CommunityTables(database).Open());

        using DbConnection connection = database.Open();
        connection.Execute("BEGIN TRANSACTION");
        connection.Execute("CREATE TABLE position (height BIGINT NOT NULL, time BIGINT NOT NULL)");
        connection.Execute("COMMIT TRANSACTION");
        Assert.Equal(0, new CommunityTables(database).Read(now => now.Height));
    }

    [Fact]
    public async Task A_new_time_zone_holds_from_the_next_month_and_what_was_billed_stays_as_it_was_cut()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        await node.RegisterAsync("mover");
        using Browser mover = node.SignedIn(Address.OfName("mover"), Roles.Member);
        BillingMonth running = BillingMonth.At(Instant.From(TimeProvider.System.GetUtcNow()), NodaTime.DateTimeZone.ForOffset(NodaTime.Offset.FromHours(14)));
        var directory = node.Services.GetRequiredService<IPeopleDirectory>();
        InvoiceArchive archive = node.Services.GetRequiredService<InvoiceArchive>();
        Instant start = archive.MonthsOf(1).StartOf(running);

        (await mover.SendAsync(HttpMethod.Patch, "account", new { timeZone = "Pacific/Auckland" })).Is(200);

        Assert.Null(directory.TimeZoneOf(1, running));
        Assert.Equal("Pacific/Auckland", directory.TimeZoneOf(1, running.Next));
        Assert.Equal(start, archive.MonthsOf(1).StartOf(running));
        Assert.Equal(running, archive.MonthsOf(1).At(archive.MonthsOf(1).StartOf(running.Next) - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(running.Next, archive.MonthsOf(1).At(archive.MonthsOf(1).StartOf(running.Next)));
        (await mover.SendAsync(HttpMethod.Patch, "account", new { timeZone = "" })).Is(200);
        Assert.Null(directory.TimeZoneOf(1, running.Next));
    }

    [Fact]
    public async Task What_members_call_themselves_is_text_wherever_it_is_shown()
    {
        await using WholeNode node = await WholeNode.StartAsync();
        using Browser manager = node.SignedIn(Roles.Manager);
        const string name = "<img src=x onerror=alert(1)>=HYPERLINK(\"//x\")";
        Answer made = (await manager.PostAsync("invitations", new { name, roles = new[] { "member" }, assets = new[] { new { name, kind = "pv", powerW = 1 } } })).Is(201);
        Answer list = (await manager.GetAsync("invitations")).Is(200);

        // Beside it stands the invitation of the first manager.
        Assert.Contains(name, list.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        foreach (Answer answer in (Answer[])[made, list])
        {
            Assert.StartsWith("application/json", answer.Headers["Content-Type"], StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        }

        Answer turned = await manager.PostAsync("invitations", new { name = "Ana\u202egpj.exe", roles = new[] { "member" } });
        turned.Is(400, "wrong-field");
    }

    // The pages make elements, and never markup of what the interface says.
    [Fact]
    public void No_page_writes_markup()
    {
        string pages = Path.Combine(RepositoryFolder.Find(), "web", "src", "app");
        string[] faults =
        [
            .. Directory.EnumerateFiles(pages, "*", SearchOption.AllDirectories)
                .Where(file => file.EndsWith(".ts", StringComparison.Ordinal) || file.EndsWith(".svelte", StringComparison.Ordinal))
                .Where(file => ((string[])["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "javascript:"]).Any(word => File.ReadAllText(file).Contains(word, StringComparison.Ordinal))),
        ];
        Assert.Empty(faults);
    }
}
