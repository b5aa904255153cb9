using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Pages;
using Commonwatt.Simulation.Running;

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
        var claim = FolderLock.Take(folder.Path, "a demo");
        try
        {
            var street = new DemoStreetKeeper(folder);
            street.MakeHistory(progress, cancel);
            var clock = new ScaledClock(street.TimeToGoOnFrom(), settings.Speed, wall);
            NodeServer server = Build(settings, street, new CommunitySurroundings(clock, clock.Speed, wall, log), clock);
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
        CommunityAssembly assembly = CommunityParts.Of(community, surroundings, parts => parts
            .Add(new DemoPeople(DemoPerson.All(street.Life.Homes, street.Keys), accounts: null))
            .Add(host => street.Live(host, clock, surroundings.Log)));
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

/// <summary>A demo's street with all that belongs to it on disk.</summary>
internal sealed class DemoStreetKeeper
{
    private readonly DemoHistory history;
    private readonly DemoFolder.DemoBeginning beginning;

    /// <summary>The street of a demo's folder.</summary>
    public DemoStreetKeeper(DemoFolder folder)
    {
        Folder = folder;
        beginning = folder.Beginning;
        Life = new StreetLife(DemoStreet.Homes(beginning.Homes, beginning.Seed), beginning.FirstDay, beginning.Seed, folder.Life);
        history = new DemoHistory(Life, beginning.Seed);
    }

    /// <summary>The folder.</summary>
    public DemoFolder Folder { get; }

    /// <summary>What the homes do.</summary>
    public StreetLife Life { get; }

    /// <summary>The community's keys.</summary>
    public CommunityKeys Keys => history.Keys;

    /// <summary>The validator's key file.</summary>
    public string ValidatorKey => KeyIn("validator");

    /// <summary>The gateway's key file.</summary>
    public string GatewayKey => KeyIn("gateway");

    /// <summary>The agent's key file.</summary>
    public string AgentKey => KeyIn("agent");

    /// <summary>Makes the ledger with its history, where there is none.</summary>
    public void MakeHistory(IProgress<double>? progress, CancellationToken cancel)
    {
        if (Folder.HasHistory)
        {
            return;
        }

        KeyFile.Write(ValidatorKey, Keys.Validator());
        KeyFile.Write(GatewayKey, Keys.Gateway());
        KeyFile.Write(AgentKey, Keys.Agent());
        Folder.MakeLedger(path =>
        {
            LedgerGenesis genesis = history.Run(path, beginning.FirstDay, beginning.End, progress, cancel);
            File.WriteAllBytes(Folder.Genesis, genesis.Bytes.ToArray());
        });
    }

    /// <summary>The time that the community goes on from: none that it was stopped for has passed there.</summary>
    public Instant TimeToGoOnFrom() => Instant.Max(beginning.End, Folder.LastTime() ?? beginning.End);

    /// <summary>Lets the street live beside a node.</summary>
    public LiveStreet Live(LedgerHost host, ScaledClock clock, Action<string> log)
    {
        TransactionBuilder manager = new(host.Genesis.Id, Keys.Manager());
        LiveStreet? street = null;
        var intake = new GatewayIntake(new TransactionBuilder(host.Genesis.Id, Keys.Gateway()), transaction => street!.Send(transaction), clock);
        return street = new LiveStreet(new LiveStreetSettings(
            Folder,
            clock,
            new StreetMeters(Life, Keys.Meter),
            new StreetBidders(Life, beginning.Seed, host.Genesis.Id, Keys, beginning.End),
            new StreetManager(Life.Homes, id => Keys.Member(id).Address, manager),
            intake,
            host.SubmitAsync,
            log));
    }

    private string KeyIn(string name) => Path.Combine(Folder.Path, "keys", $"{name}.pem");
}
