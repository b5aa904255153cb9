using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Pages;

namespace Commonwatt.Node.Demo;

/// <summary>A running demo: a node like any other, on a clock that runs fast, with a street that lives beside it.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    private readonly FolderLock claim;
    private readonly NodeServer server;

    private DemoNode(FolderLock claim, NodeServer server, ScaledClock clock)
    {
        this.claim = claim;
        this.server = server;
        Clock = clock;
    }

    /// <summary>The community's clock.</summary>
    public ScaledClock Clock { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url => new UriBuilder(server.Url) { Host = "localhost" }.Uri;

    /// <summary>The node.</summary>
    public LedgerHost Host => server.Host;

    /// <summary>Whether pages are served.</summary>
    public required bool HasPages { get; init; }

    /// <summary>Starts a demo; where there is no ledger yet, one is founded and gets its history first.</summary>
    /// <param name="settings">What it is started with.</param>
    /// <param name="wall">The machine's clock.</param>
    /// <param name="progress">Told which part of the history is done.</param>
    /// <param name="log">Told what whoever runs it should know.</param>
    /// <param name="cancel">Ends the making of the history.</param>
    /// <exception cref="InvalidDataException">The folder holds something else.</exception>
    /// <exception cref="IOException">Something else has the folder or the port.</exception>
    public static async Task<DemoNode> StartAsync(DemoSettings settings, TimeProvider wall, IProgress<double>? progress, Action<string> log, CancellationToken cancel)
    {
        Instant end = DemoHistory.EndFor(Instant.From(wall.GetUtcNow()));
        var folder = DemoFolder.Open(settings.Folder, new DemoFolder.DemoBeginning(settings.Homes, settings.Seed, DemoHistory.FirstDayBefore(DemoHistory.DayOf(end)), end.UnixMilliseconds));
        if (OwnersFiles.Keep(folder.Path) is { } warning)
        {
            log(warning);
        }

        var claim = FolderLock.Take(folder.Path, "a demo");
        try
        {
            var street = new DemoStreetKeeper(folder);
            street.MakeHistory(progress, cancel);
            var clock = new ScaledClock(street.TimeToGoOnFrom(), settings.Speed, wall);
            NodeServer server = Build(settings, street, new CommunitySurroundings(street.Folder.Path, clock, clock.Speed, wall, log) { IsDemo = true }, clock);
            await StartAsync(server);
            return new DemoNode(claim, server, clock) { HasPages = PageFiles.Of(settings.Pages ?? PagesPart.UsualFolder) is not null };
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        claim.Dispose();
    }

    private static NodeServer Build(DemoSettings settings, DemoStreetKeeper street, CommunitySurroundings surroundings, ScaledClock clock)
    {
        var community = new CommunityConfiguration
        {
            TimeZone = DemoStreet.TimeZone,
            Currency = Currency.Euro.Code,
            Database = new DatabaseConfiguration.Sqlite(street.Folder.Path),
            RelyingParty = "localhost",
            Origins = [],
            GatewayKey = street.GatewayKey,
            AgentKey = street.AgentKey,
            PagesFolder = settings.Pages,
        };
        var configuration = new NodeConfiguration
        {
            Folder = street.Folder.Ledger,
            Genesis = street.Folder.Genesis,
            Key = street.ValidatorKey,
            Listen = $"http://127.0.0.1:{settings.Port}",
            Order = new OrderConfiguration.Local(),
            Community = community,
        };
        CommunityAssembly assembly = CommunityParts.Of(
            community,
            surroundings,
            parts => [new DemoPeople(street.People, street.Neighbours), street.Live(parts.Ledger, parts.Readings!.Intake, clock, surroundings.Log)]);
        return new NodeAssembly(configuration, surroundings.Log, clock).Build(community: assembly);
    }

    private static async Task StartAsync(NodeServer server)
    {
        try
        {
            await server.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
