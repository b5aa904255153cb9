using System.Diagnostics;
using System.Net.Http.Headers;
using Commonwatt.Benchmarks;

namespace Commonwatt.Node.Load;

/// <summary>One load and what it gave.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Figures">What it gave.</param>
internal sealed record NamedLoad(string Name, LoadFigures Figures);

/// <summary>Whether what meters reported is where it should be.</summary>
/// <param name="Sent">How many readings were sent.</param>
/// <param name="Kept">How many the node keeps.</param>
/// <param name="Meters">How many meters there are.</param>
/// <param name="OnLedger">Of how many the ledger has the period that ended meanwhile.</param>
/// <param name="LedgerWattHours">What these come to, Wh.</param>
/// <param name="MeasuredWattHours">What the node measured of that period, Wh.</param>
/// <param name="SettledMembers">With how many members' energy the period was settled.</param>
/// <param name="SettledSeconds">How long that took from the deadline until the tables showed it.</param>
internal sealed record ReadingsKept(long Sent, long Kept, int Meters, long OnLedger, long LedgerWattHours, long MeasuredWattHours, long SettledMembers, double SettledSeconds)
{
    /// <summary>Whether nothing was lost.</summary>
    public bool IsWhole => Sent == Kept && OnLedger == Meters && LedgerWattHours == MeasuredWattHours;
}

/// <summary>Transactions that arrive all at once.</summary>
/// <param name="Transactions">How many.</param>
/// <param name="Failed">How many were not made final.</param>
/// <param name="Milliseconds">Until the last was certified, durable and answered.</param>
/// <param name="BusyMilliseconds">How long a core was busy for it, with the client.</param>
/// <param name="LimitMilliseconds">How long checking their signatures alone takes on all cores.</param>
internal sealed record ArrivedAtOnce(int Transactions, int Failed, double Milliseconds, double BusyMilliseconds, double LimitMilliseconds);

/// <summary>Pages that listen.</summary>
/// <param name="Pages">How many.</param>
/// <param name="Cores">How many cores were busy, with the clients.</param>
/// <param name="CoresWithout">The same without anybody who listens.</param>
internal sealed record ListeningPages(int Pages, double Cores, double CoresWithout)
{
    /// <summary>The part of a core that a page takes.</summary>
    public double CorePerPage => (Cores - CoresWithout) / Pages;
}

/// <summary>Puts a community's node under load, beside a server that does nothing.</summary>
/// <param name="community">The community.</param>
/// <param name="people">How many members are signed in.</param>
internal sealed class CommunityLoad(LoadCommunity community, int people) : IDisposable
{
    private const double RequestsPerSecond = 200;
    private const int SecondsInMinute = 60;
    private const string Done = "\"code\":null";
    private const string Taken = "\"refused\":[]";

    private static readonly string[] Paths = ["/api/v1/me/home", "/api/v1/prices", "/api/v1/me/orders"];

    private readonly HttpLoad load = new(community.Url);
    private string[] cookies = [];

    /// <summary>Signs the members in and opens their connections.</summary>
    public async Task PrepareAsync()
    {
        cookies = [.. Enumerable.Range(0, people).Select(community.SignIn)];
        await load.TogetherAsync(people, _ => new HttpRequestMessage(HttpMethod.Get, new Uri("/health/live", UriKind.Relative)));
    }

    /// <summary>All members ask at the same moment, then in a steady stream; the server that does nothing answers as many bytes to the same client.</summary>
    /// <param name="duration">How long the stream flows.</param>
    public async Task<IReadOnlyList<NamedLoad>> AskAsync(TimeSpan duration)
    {
        var done = new List<NamedLoad>();
        foreach (string path in Paths)
        {
            done.Add(new NamedLoad($"{path}, all at once, first time", await load.TogetherAsync(people, number => Ask(number, path))));
            done.Add(new NamedLoad($"{path}, all at once, again", await load.TogetherAsync(people, number => Ask(number, path))));
        }

        done.Add(new NamedLoad("these in turn, 200 a second", await load.SteadyAsync(RequestsPerSecond, duration, AskInTurn)));
        await using ConstantServer constant = await ConstantServer.StartAsync((int)done[1].Figures.MeanBytes);
        using var alone = new HttpLoad(constant.Url);
        await alone.TogetherAsync(people, number => Ask(number, "/"));
        done.Add(new NamedLoad("limit: Kestrel alone, all at once", await alone.TogetherAsync(people, number => Ask(number, "/"))));
        done.Add(new NamedLoad("limit: Kestrel alone, 200 a second", await alone.SteadyAsync(RequestsPerSecond, duration, number => Ask(number, "/"))));
        return done;
    }

    /// <summary>All meters report once a minute, over the end of a delivery period, for two minutes; then one more minute while members ask.</summary>
    public async Task<(IReadOnlyList<NamedLoad> Loads, ReadingsKept Kept)> ReportAsync()
    {
        double perSecond = community.Meters / (double)SecondsInMinute;
        Instant start = DeliveryPeriod.Containing(community.Clock.Now, TimeSpan.FromHours(1)).End;
        Instant end = start + TimeSpan.FromHours(1);
        community.Clock.SkipTo(start);
        MeterFleet fleet = await MeterFleet.StartAsync(community, load, start);
        community.Clock.SkipTo(end - TimeSpan.FromMinutes(1));
        var done = new List<NamedLoad>
        {
            new("readings alone, over the end of a period", await load.SteadyAsync(perSecond, TimeSpan.FromMinutes(2), fleet.Next, Taken)),
        };
        Task<LoadFigures> members = load.SteadyAsync(RequestsPerSecond, TimeSpan.FromMinutes(1), AskInTurn);
        done.Add(new NamedLoad("readings, while members ask", await load.SteadyAsync(perSecond, TimeSpan.FromMinutes(1), fleet.Next, Taken)));
        done.Add(new NamedLoad("members, 200 a second, beside readings", await members));
        done.Add(await LimitOfReadingsAsync(perSecond, fleet));
        (long readings, long wattHours, long measured) = await fleet.ReportedAsync(start);
        community.Clock.SkipTo(end + Commonwatt.Simulation.Scenarios.MadeUpNeighbourhood.Create(1, 1, TimeSpan.FromHours(1)).Market.ReadingDeadline);
        long deadline = Stopwatch.GetTimestamp();
        long settled = await fleet.SettledAsync(start);
        return (done, new ReadingsKept(fleet.Sent, fleet.Kept(), community.Meters, readings, wattHours, measured, settled, Stopwatch.GetElapsedTime(deadline).TotalSeconds));
    }

    /// <summary>Signed transactions of as many members arrive at the same moment.</summary>
    /// <param name="count">How many.</param>
    public async Task<ArrivedAtOnce> ArriveAsync(int count)
    {
        await PayAsync([.. Enumerable.Range(0, count).Select(community.Payment)]);
        byte[][] signed = [.. Enumerable.Range(0, count).Select(community.Payment)];
        LoadFigures figures = await PayAsync(signed);
        double limit = count / LedgerBenchmark.VerificationRate(signed, Environment.ProcessorCount);
        return new ArrivedAtOnce(count, figures.Failed, figures.SlowestMilliseconds, figures.Cores * figures.Seconds * 1000, limit * 1000);
    }

    /// <summary>Pages listen while a payment a second becomes final.</summary>
    /// <param name="pages">How many, each of another member.</param>
    /// <param name="duration">For how long.</param>
    public async Task<ListeningPages> ListenAsync(int pages, TimeSpan duration)
    {
        double without = (await PayInTurnAsync(duration)).Cores;
        using var stopping = new CancellationTokenSource();
        Task[] listening = [.. Enumerable.Range(0, pages).Select(number => ListenAsync(number, stopping.Token))];
        await PayInTurnAsync(TimeSpan.FromSeconds(3));
        double with = (await PayInTurnAsync(duration)).Cores;
        await stopping.CancelAsync();
        await Task.WhenAll(listening);
        return new ListeningPages(pages, with, without);
    }

    /// <inheritdoc/>
    public void Dispose() => load.Dispose();

    private async Task<NamedLoad> LimitOfReadingsAsync(double perSecond, MeterFleet fleet)
    {
        await using ConstantServer constant = await ConstantServer.StartAsync(length: 27);
        using var alone = new HttpLoad(constant.Url);
        int before = fleet.Sent;
        LoadFigures figures = await alone.SteadyAsync(perSecond, TimeSpan.FromSeconds(30), fleet.Next);
        fleet.Uncount(fleet.Sent - before);
        return new NamedLoad("limit: Kestrel alone, as many readings", figures);
    }

    private Task<LoadFigures> PayAsync(byte[][] signed) => load.TogetherAsync(signed.Length, number => Pay(signed[number]), Done);

    private Task<LoadFigures> PayInTurnAsync(TimeSpan duration)
    {
        byte[][] signed = [.. Enumerable.Range(0, (int)duration.TotalSeconds).Select(community.Payment)];
        return load.SteadyAsync(perSecond: 1, duration, number => Pay(signed[number]), Done);
    }

    private static HttpRequestMessage Pay(byte[] transaction) => new(HttpMethod.Post, new Uri("/transactions?wait=60", UriKind.Relative))
    {
        Content = new ByteArrayContent(transaction) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
    };

    private async Task ListenAsync(int number, CancellationToken cancel)
    {
        try
        {
            using HttpRequestMessage request = Ask(number, "/api/v1/live");
            using HttpResponseMessage response = await load.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            await using Stream events = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancel);
            await events.CopyToAsync(Stream.Null, cancel);
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
        }
    }

    private HttpRequestMessage AskInTurn(int number) => Ask(number, Paths[number % Paths.Length]);

    private HttpRequestMessage Ask(int number, string path) => new(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Cookie", cookies[number % people] } } };
}
