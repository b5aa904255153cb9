using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Commonwatt.Node.Founding;
using Commonwatt.Node.Telemetry;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Tests.Telemetry;

/// <summary>What a node says of its work.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Counts_can_be_read_as_a_page_and_a_transaction_leaves_a_trace()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        var traces = new List<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == NodeMetrics.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = activity => { lock (traces) { traces.Add(activity); } } };
        ActivitySource.AddActivityListener(listener);
        await using FoundedCommunity community = await FoundedCommunity.StartAsync(folder, ("community.telemetry.metricsPage", "true", "test"));
        await community.RegisterAsync("first");
        using IDisposable lag = NodeMetrics.Observe("commonwatt.looked_at", "{block}", "What a test lets be looked at", () => 7);

        using var client = new HttpClient { BaseAddress = community.Server.Url };
        await client.GetAsync(new Uri("status", UriKind.Relative), TestContext.Current.CancellationToken);
        string page = await client.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("# TYPE commonwatt_blocks_total counter", page, StringComparison.Ordinal);
        Assert.Contains("commonwatt_transactions_total{outcome=\"done\"}", page, StringComparison.Ordinal);
        Assert.Contains("commonwatt_time_to_final_seconds_count", page, StringComparison.Ordinal);
        Assert.Contains("commonwatt_looked_at 7", page, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count", page, StringComparison.Ordinal);
        lock (traces)
        {
            Assert.Contains(traces, trace => trace.OperationName == "transaction" && (string?)trace.GetTagItem("commonwatt.outcome") == "");
        }
    }

    [Fact]
    public async Task A_collector_gets_metrics_and_traces()
    {
        using var scratch = new ScratchFolder();
        CommunityFolder folder = FoundedCommunity.Found(scratch.File("flores"));
        using var collector = new HttpListener();
        string url = $"http://127.0.0.1:{FreePort()}/otlp";
        collector.Prefixes.Add(url + "/");
        collector.Start();
        Task<HashSet<string>> asked = ListenAsync(collector, 2);
        await using (FoundedCommunity community = await FoundedCommunity.StartAsync(folder, ("community.telemetry.endpoint", url, "test")))
        {
            await community.RegisterAsync("first");
        }

        Assert.Equal(["/otlp/v1/metrics", "/otlp/v1/traces"], (await asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Order());
    }

    [Fact]
    public void A_log_for_programs_is_a_line_of_json_each()
    {
        using var output = new StringWriter();
        var log = new NodeLog(output, new StandingClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)), isJson: true);

        log.Write("It said \"no\".");

        using var line = JsonDocument.Parse(output.ToString());
        Assert.Equal("2026-11-21T12:00:00.000Z", line.RootElement.GetProperty("time").GetString());
        Assert.Equal("It said \"no\".", line.RootElement.GetProperty("message").GetString());
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<HashSet<string>> ListenAsync(HttpListener collector, int paths)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        while (asked.Count < paths)
        {
            HttpListenerContext context = await collector.GetContextAsync();
            asked.Add(context.Request.Url!.AbsolutePath);
            context.Response.Close();
        }

        return asked;
    }
}
