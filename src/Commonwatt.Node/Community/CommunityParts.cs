using Commonwatt.Node.Configuration;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Mandates;
using Commonwatt.Node.Pages;
using Commonwatt.Node.People;
using Commonwatt.Node.Readings;
using Commonwatt.Node.Telemetry;

namespace Commonwatt.Node.Community;

/// <summary>The parts that a community's node has, by its configuration, in the order a request passes them.</summary>
internal sealed class CommunityParts
{
    /// <summary>The folder below the node's of the keys that guard secrets in the tables.</summary>
    public const string PeopleKeys = "people-keys";

    private readonly CommunityConfiguration community;
    private readonly CommunitySurroundings surroundings;
    private readonly LedgerHost host;
    private readonly List<INodePart> parts = [];

    private CommunityParts(CommunityConfiguration community, CommunitySurroundings surroundings, LedgerHost host)
    {
        this.community = community;
        this.surroundings = surroundings;
        this.host = host;
        Ledger = new HostedLedger(host);
        Tables = new CommunityTablesPart(community.Database, Ledger);
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
    public static CommunityAssembly Of(CommunityConfiguration community, CommunitySurroundings surroundings, Func<CommunityParts, IEnumerable<INodePart>>? further = null) =>
        new CommunityAssembly().AddAll(host =>
        {
            var all = new CommunityParts(community, surroundings, host);
            all.Make();
            all.parts.AddRange(further?.Invoke(all) ?? []);
            all.AddPages();
            return all.parts;
        });

    private void Make()
    {
        parts.Add(Tables);
        if (community.TelemetryEndpoint is not null || community.HasMetricsPage)
        {
            parts.Add(new TelemetryPart(community.TelemetryEndpoint, host.Address?.ToString() ?? "follower", community.HasMetricsPage));
        }

        parts.Add(new PeoplePart(Tables.Community, PeopleSettings(), surroundings.Wall, surroundings.Log));
        AddReadings();
        if (community.BootstrapKey is { } founding)
        {
            parts.Add(new FoundersWord(Ledger, KeyFile.Read(founding), surroundings));
        }
    }

    private PeopleSettings PeopleSettings() => new()
    {
        Community = host.Genesis.Name,
        RelyingParty = community.RelyingParty,
        Origins = [.. community.Origins.Select(origin => origin.GetLeftPart(UriPartial.Authority))],
        KeyFolder = Path.Combine(surroundings.Folder, PeopleKeys),
        IsDemo = surroundings.IsDemo,
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
}
