using Commonwatt.Node.Community.Explorer;
using Commonwatt.Node.Community.Live;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Mandates;
using Commonwatt.Node.Pages;
using Commonwatt.Node.People;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Readings;
using Commonwatt.Node.Telemetry;
using NodaTime;

namespace Commonwatt.Node.Community;

/// <summary>The parts that a community's node has, by its configuration, in the order a request passes them.</summary>
internal sealed class CommunityParts
{
    /// <summary>The folder below the node's of the keys that guard secrets in the tables.</summary>
    public const string PeopleKeys = "people-keys";

    private readonly CommunityConfiguration community;
    private readonly CommunitySurroundings surroundings;
    private readonly LedgerHost host;
    private readonly ProjectionStore store;
    private readonly Projector projector;
    private readonly List<INodePart> parts = [];

    private CommunityParts(CommunityConfiguration community, CommunitySurroundings surroundings, LedgerHost host)
    {
        this.community = community;
        this.surroundings = surroundings;
        this.host = host;
        Ledger = new HostedLedger(host);
        Tables = new CommunityTablesPart(community.Database, Ledger);
        store = new ProjectionStore(Tables.Projections, host.Genesis.Id);
        projector = new Projector(new Projection(store, host.Genesis), surroundings.Log);
    }

    /// <summary>The ledger.</summary>
    public ICommunityLedger Ledger { get; }

    /// <summary>The databases.</summary>
    public CommunityTablesPart Tables { get; }

    /// <summary>The readings, or null for a node without a gateway.</summary>
    public ReadingsPart? Readings { get; private set; }

    /// <summary>Puts a community's parts together once its ledger is open.</summary>
    /// <param name="community">What the node does for the community.</param>
    /// <param name="surroundings">What the parts run in.</param>
    /// <param name="further">Makes what else is to stand before the pages, or null.</param>
    public static CommunityAssembly Of(CommunityConfiguration community, CommunitySurroundings surroundings, Func<CommunityParts, IEnumerable<INodePart>>? further = null)
    {
        // What becomes final before the parts are there the projector takes from the ledger's file.
        Projector? projector = null;
        return new CommunityAssembly().Tell(block => projector?.Offer(block)).AddAll(host =>
        {
            var all = new CommunityParts(community, surroundings, host);
            all.Make();
            all.parts.AddRange(further?.Invoke(all) ?? []);
            all.AddPages();
            projector = all.projector;
            return all.parts;
        });
    }

    private void Make()
    {
        parts.Add(Tables);
        if (community.TelemetryEndpoint is not null || community.HasMetricsPage)
        {
            parts.Add(new TelemetryPart(community.TelemetryEndpoint, host.Address?.ToString() ?? "follower", community.HasMetricsPage));
        }

        parts.Add(new PeoplePart(Tables.Community, PeopleSettings(), surroundings.Wall, surroundings.Log));
        AddReadings();
        AddInterface();
        if (community.BootstrapKey is { } founding)
        {
            parts.Add(new FoundersWord(Ledger, KeyFile.Read(founding), surroundings));
        }
    }

    private void AddInterface()
    {
        var facts = new CommunityFacts
        {
            Name = host.Genesis.Name,
            LedgerId = host.Genesis.Id.ToString(),
            TimeZone = DateTimeZoneProviders.Tzdb[community.TimeZone],
            Currency = community.Currency,
            Clock = surroundings.Clock,
            Speed = () => surroundings.Speed,
        };
        var blocks = new HostBlocks(host, host.Settings);
        parts.Add(new ProjectionPart(store, projector, blocks));
        parts.Add(new CommunityPart(facts, Tables.Projections, Tables.Community, surroundings.Wall));
        parts.Add(new ExplorerPart(host.Genesis, store, projector, blocks));
        parts.Add(new LivePart(facts, projector, surroundings.Wall));
    }

    private PeopleSettings PeopleSettings() => new()
    {
        Community = host.Genesis.Name,
        RelyingParty = community.RelyingParty,
        Origins = [.. community.Origins.Select(origin => origin.GetLeftPart(UriPartial.Authority))],
        KeyFolder = Path.Combine(surroundings.Folder, PeopleKeys),
        TrustedProxies = community.TrustedProxies,
        IsDemo = surroundings.IsDemo,
        Calendar = surroundings.Clock,
        Limits = surroundings.Limits,
    };

    private void AddReadings()
    {
        if (community.GatewayKey is not { } gateway)
        {
            return;
        }

        Readings = new ReadingsPart(new ReadingsSettings { Database = Tables.Community, Ledger = Ledger, GatewayKey = KeyFile.Read(gateway), Clock = surroundings.Clock, Log = surroundings.Log });
        parts.Add(Readings);
        if (community.AgentKey is { } agent)
        {
            parts.Add(new MandatesPart(new MandatesSettings { Ledger = Ledger, Readings = Readings.Store, AgentKey = KeyFile.Read(agent), Clock = surroundings.Clock, Log = surroundings.Log }));
        }
    }

    private void AddPages()
    {
        if (community.HasPages && BuiltPages.Find(community.PagesFolder, surroundings.Log) is { } pages)
        {
            parts.Add(pages);
        }
    }
}

/// <summary>What a community's parts run in.</summary>
/// <param name="Folder">The node's folder.</param>
/// <param name="Clock">The community's clock, which the ledger runs by.</param>
/// <param name="Speed">How many seconds of the community pass in one.</param>
/// <param name="Wall">The clock of the world outside, for sessions and the like.</param>
/// <param name="Log">Told what whoever runs the node should know.</param>
internal sealed record CommunitySurroundings(string Folder, TimeProvider Clock, double Speed, TimeProvider Wall, Action<string> Log)
{
    /// <summary>Whether the community is made up.</summary>
    public bool IsDemo { get; init; }

    /// <summary>How much one client may ask.</summary>
    public RequestLimits Limits { get; init; } = new();
}
