using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Node.Community;
using Commonwatt.Node.Community.Live;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.Projections;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Commonwatt.Node.Tests.Community;

public sealed class LiveTests : IAsyncLifetime
{
    private readonly TestCommunity community = TestCommunity.Trading();
    private readonly TestDatabase database = new("sqlite");
    private readonly HeldClock clock = new();
    private RunningProjection running = null!;
    private LivePart live = null!;
    private PartServer server = null!;

    public async ValueTask InitializeAsync()
    {
        running = new(community, database.Open());
        var facts = new CommunityFacts { Name = "Test", LedgerId = community.Genesis.Id.ToString(), TimeZone = DateTimeZone.Utc, Currency = "EUR", Clock = new Clock(community.Now) };
        live = new LivePart(facts, running.Projector, clock);
        server = await PartServer.StartAsync(running.Part, live);
        await running.ReachAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        database.Dispose();
        community.Dispose();
    }

    [Fact]
    public async Task A_page_hears_of_time_blocks_orders_and_periods()
    {
        using LiveStream page = await LiveStream.OpenAsync(server);
        Assert.Equal("now", (await page.NextAsync()).Name);
        community.At("12:10");
        community.Member("anna").Asks(1, 0.10m).Accepted();
        await running.ReachAsync();

        (string Name, JsonElement Data) period = await page.UntilAsync("period");
        Assert.Equal("open", period.Data.GetProperty("phase").GetString());
        (string Name, JsonElement Data) order = await page.UntilAsync("order");
        Assert.Equal("2024-06-01T13:00:00Z", order.Data.GetProperty("delivery").GetString());
        Assert.DoesNotContain("account", page.Heard);
    }

    [Fact]
    public async Task A_member_hears_of_his_own_account_and_nobody_else_does()
    {
        using LiveStream anna = await LiveStream.OpenAsync(server, "sub=1;member=1");
        using LiveStream ben = await LiveStream.OpenAsync(server, "sub=2;member=2");
        community.At("12:10");
        community.Member("ben").Bids(1, 0.10m).Accepted();
        await running.ReachAsync();

        (string Name, JsonElement Data) account = await ben.UntilAsync("account");
        Assert.Equal(100_000, account.Data.GetProperty("locked").GetInt64());
        await anna.UntilAsync("order");
        live.Audience.Tell("end", new { });
        await anna.UntilAsync("end");
        Assert.DoesNotContain("account", anna.Heard);
    }

    [Fact]
    public async Task Other_parts_tell_a_member_what_they_make_only_if_he_listens()
    {
        using LiveStream anna = await LiveStream.OpenAsync(server, "sub=1;member=1");
        live.Audience.TellMember(2, "power", () => throw new InvalidOperationException("Nobody listens for member 2."));
        live.Audience.TellMember(1, "power", () => new { importW = 300 });

        Assert.Equal(300, (await anna.UntilAsync("power")).Data.GetProperty("importW").GetInt64());
    }

    [Fact]
    public async Task Time_goes_on_for_the_pages_while_the_readings_cannot_be_read()
    {
        var ticking = new TickingClock();
        var facts = new CommunityFacts { Name = "Test", LedgerId = community.Genesis.Id.ToString(), TimeZone = DateTimeZone.Utc, Currency = "EUR", Clock = new Clock(community.Now) };
        await using PartServer alone = await PartServer.StartAsync(new ReadingsAway(), new LivePart(facts, running.Projector, ticking));
        using LiveStream anna = await LiveStream.OpenAsync(alone, "sub=1;member=1");
        await anna.UntilAsync("now");
        for (int second = 0; second < 3; second++)
        {
            ticking.Tick();
            Assert.Equal("now", (await anna.NextAsync()).Name);
        }
    }

    [Fact]
    public async Task Somebody_who_is_dismissed_hears_no_more()
    {
        using LiveStream anna = await LiveStream.OpenAsync(server, "sub=1;member=1");
        await anna.NextAsync();
        live.Audience.Dismiss("1");
        Assert.True(await anna.HasEndedAsync());
    }

    [Fact]
    public async Task One_address_does_not_take_all_the_places()
    {
        var pages = new List<LiveStream>();
        for (int count = 0; count < LiveBroadcast.MostOfOne; count++)
        {
            pages.Add(await LiveStream.OpenAsync(server));
        }

        using HttpResponseMessage refused = await server.SendAsync("/api/v1/live", completion: HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using LiveStream member = await LiveStream.OpenAsync(server, "sub=1;member=1");
        pages.ForEach(page => page.Dispose());
    }

    [Fact]
    public void A_reader_that_is_too_slow_is_dropped_and_the_others_go_on()
    {
        var broadcast = new LiveBroadcast();
        var slow = new LiveListener("a", person: null, member: null);
        Assert.True(broadcast.TryJoin(slow));
        for (int count = 0; count < 1000; count++)
        {
            broadcast.Tell("now", new { });
        }

        Assert.Equal(0, broadcast.Count);
        var quick = new LiveListener("b", person: null, member: null);
        Assert.True(broadcast.TryJoin(quick));
        broadcast.Tell("now", new { });
        Assert.True(quick.Frames.TryRead(out _));
    }

    [Fact]
    public void A_period_goes_through_its_life_by_the_ledger_and_by_time()
    {
        var periods = new PeriodClock();
        Instant start = TestCommunity.Time("13:00");
        var open = new PeriodChange(start, TimeSpan.FromHours(1), TestCommunity.Time("12:55"), "open", Price: null, Energy.Zero);
        periods.Take(open);
        var heard = new List<string>();
        void At(string time) => heard.AddRange(periods.Changed(TestCommunity.Time(time)).Select(one => one.Phase));

        At("12:10");
        At("12:11");
        At("12:55");
        periods.Take(open with { Phase = "cleared" });
        At("12:56");
        At("13:00");
        At("14:00");
        periods.Take(open with { Phase = "settled" });
        At("14:30");
        At("14:31");

        Assert.Equal(["open", "gate", "cleared", "delivering", "awaiting-readings", "settled"], heard);
    }

    /// <summary>A clock whose newest timer goes off when it is told to.</summary>
    private sealed class TickingClock : TimeProvider
    {
        private Action tick = () => { };

        public void Tick() => tick();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            tick = () => callback(state);
            return new HeldClock().CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Readings in a database that does not answer.</summary>
    private sealed class ReadingsAway : INodePart, IReadingSource
    {
        public void AddServices(IServiceCollection services) => services.AddSingleton<IReadingSource>(this);

        public LivePower? LatestOf(long member) => throw new DatabaseException("The database does not answer.");

        public IReadOnlyList<EnergySlice> SeriesOf(long member, Instant from, Instant to, TimeSpan length) => [];

        public IReadOnlyList<MeterState> StateOfMeters() => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A clock whose timers never go off by themselves.</summary>
    private sealed class HeldClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Held();

        private sealed class Held : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
                // There is nothing to end.
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// <summary>A page that listens.</summary>
    private sealed class LiveStream(HttpResponseMessage response, StreamReader lines) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public ConcurrentBag<string> Heard { get; } = [];

        public static async Task<LiveStream> OpenAsync(PartServer server, string? claims = null)
        {
            HttpResponseMessage response = await server.SendAsync("/api/v1/live", claims, completion: HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new LiveStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        }

        public async Task<(string Name, JsonElement Data)> NextAsync()
        {
            string name = "";
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line["event: ".Length..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    Heard.Add(name);
                    using var data = JsonDocument.Parse(line["data: ".Length..]);
                    return (name, data.RootElement.Clone());
                }
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public async Task<(string Name, JsonElement Data)> UntilAsync(string name)
        {
            (string Name, JsonElement Data) next;
            do
            {
                next = await NextAsync();
            }
            while (next.Name != name);
            return next;
        }

        public async Task<bool> HasEndedAsync() =>
            await lines.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken) is not null;

        public void Dispose()
        {
            lines.Dispose();
            response.Dispose();
        }
    }
}
