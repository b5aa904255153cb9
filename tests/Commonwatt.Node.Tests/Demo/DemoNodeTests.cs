using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Demo;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>A demo that runs, is stopped, and goes on.</summary>
public sealed class DemoNodeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_lives_and_goes_on_after_a_restart_where_it_stopped()
    {
        using var scratch = new ScratchFolder();
        var settings = new DemoSettings { Folder = scratch.File("demo"), Port = 0, Homes = 6, Speed = 900, Pages = scratch.File("web") };
        Directory.CreateDirectory(scratch.File("web"));
        scratch.Write("web/index.html", "<!doctype html>");
        var lines = new List<string>();
        Instant stopped;
        ulong height;
        await using (DemoNode first = await StartAsync(settings, lines))
        {
            ulong begun = first.Host.Status.Final!.Height;
            await UntilAsync(() => first.Host.Status.Final!.Height > begun + 12);
            await SignInAsync(first.Url);
            height = first.Host.Status.Final!.Height;
            stopped = first.Clock.Now;
        }

        await using (DemoNode second = await StartAsync(settings, lines))
        {
            Assert.InRange(second.Clock.Now.UnixMilliseconds, stopped.UnixMilliseconds, (stopped + TimeSpan.FromHours(24)).UnixMilliseconds);
            Assert.True(second.Host.Status.Final!.Height >= height);
            await UntilAsync(() => second.Host.Status.Final!.Height > height + 12);
        }

        Check(Path.Combine(settings.Folder, "ledger"), settings);
        Assert.Equal("", string.Join('\n', lines.Where(line => line.Contains("stands still", StringComparison.Ordinal) || line.Contains("refused a transaction", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_demo_is_backed_up_while_it_runs_and_goes_on_from_its_backup()
    {
        using var scratch = new ScratchFolder();
        var settings = new DemoSettings { Folder = scratch.File("demo"), Port = 0, Homes = 2, Speed = 900, Pages = scratch.File("none") };
        var lines = new List<string>();
        await using (DemoNode first = await StartAsync(settings, lines))
        {
            ulong begun = first.Host.Status.Final!.Height;
            await UntilAsync(() => first.Host.Status.Final!.Height > begun);
            Ran backup = await Task.Run(() => Ran.Of("backup", "--folder", settings.Folder, "--out", scratch.File("demo.backup")), TestContext.Current.CancellationToken);
            Assert.True(backup.ExitCode == ExitCode.Done, backup.Error);
        }

        Ran restored = await Ran.Of("restore", scratch.File("demo.backup"), "--folder", scratch.File("again"));
        Assert.True(restored.ExitCode == ExitCode.Done, restored.Error);
        await using DemoNode again = await StartAsync(settings with { Folder = scratch.File("again") }, lines);
        ulong height = again.Host.Status.Final!.Height;
        await UntilAsync(() => again.Host.Status.Final!.Height > height);
    }

    // Every period is settled, with what the meters showed.
    private static void Check(string folder, DemoSettings settings)
    {
        int estimated = 0;
        int settled = 0;
        int refused = 0;
        VerificationReport report = LedgerVerifier.Verify(new FolderDisk(folder, isReadOnly: true), "community.ledger", CommunityRules.Catalog, 2, new Progress<double>(), block =>
        {
            foreach (LedgerEvent happened in block.Executed.Receipts.SelectMany(receipt => receipt.Events))
            {
                if (happened.Is<PeriodSettled>())
                {
                    settled++;
                    estimated += happened.As<PeriodSettled>().Metered.Count(metered => metered.Estimated);
                }

                refused += happened.Is<ReadingRefused>() ? 1 : 0;
            }
        });
        Assert.True(report.IsRight, report.Fault);
        Assert.True(settled > DemoHistory.Days * 24);
        Assert.True(refused == 0, $"{refused} of {settled * settings.Homes} readings were refused.");

        // On a machine that has much else to do, a reading may come after its deadline, which is two seconds here; then it corrects the estimate.
        Assert.True(estimated <= 3 * settings.Homes, $"{estimated} of {settled * settings.Homes} readings were estimated.");
    }

    private static async Task SignInAsync(Uri url)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var client = new HttpClient { BaseAddress = url };
        JsonElement people = await client.GetFromJsonAsync<JsonElement>("api/v1/demo/people", cancel);
        Assert.Equal(["manager", "sofia", "tiago", "grid"], people.EnumerateArray().Select(person => person.GetProperty("id").GetString()));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("market", UriKind.Relative), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("api/v1/no-such-thing", UriKind.Relative), cancel)).StatusCode);
        using HttpResponseMessage foreign = await client.PostAsJsonAsync("api/v1/demo/sign-in", new { person = "sofia" }, cancel);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);

        client.DefaultRequestHeaders.Add("X-Commonwatt", "1");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using HttpResponseMessage nobody = await client.PostAsJsonAsync("api/v1/demo/sign-in", new { person = "nobody" }, cancel);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        using HttpResponseMessage signedIn = await client.PostAsJsonAsync("api/v1/demo/sign-in", new { person = "sofia" }, cancel);
        JsonElement session = await signedIn.Content.ReadFromJsonAsync<JsonElement>(cancel);
        Assert.True(session.GetProperty("signedIn").GetBoolean());
        Assert.True(session.GetProperty("demo").GetBoolean());
        Assert.Equal(3, session.GetProperty("person").GetProperty("memberNumber").GetInt32());
        JsonElement again = await client.GetFromJsonAsync<JsonElement>("api/v1/session", cancel);
        Assert.Equal("sofia", again.GetProperty("person").GetProperty("id").GetString());
        Assert.StartsWith("MI", session.GetProperty("privateKey").GetString(), StringComparison.Ordinal);

        using var rebound = new HttpRequestMessage(HttpMethod.Post, "api/v1/demo/sign-in") { Content = JsonContent.Create(new { person = "sofia" }) };
        rebound.Headers.Host = "evil.example.org";
        using HttpResponseMessage elsewhere = await client.SendAsync(rebound, cancel);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }

    private static Task<DemoNode> StartAsync(DemoSettings settings, List<string> lines) =>
        DemoNode.StartAsync(settings, TimeProvider.System, progress: null, line => { lock (lines) { lines.Add(line); } }, TestContext.Current.CancellationToken);

    private static async Task UntilAsync(Func<bool> isThere)
    {
        long since = TimeProvider.System.GetTimestamp();
        while (!isThere())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Deadline);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
