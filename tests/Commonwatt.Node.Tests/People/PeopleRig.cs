using System.Data.Common;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Trial;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Tests.People;

/// <summary>A real node with its people on a port that is free, which can be restarted.</summary>
internal sealed class PeopleRig : IAsyncDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly TestDatabase tables;
    private readonly RequestLimits limits;
    private readonly PeopleSettings changes;
    private readonly Func<Database, IEnumerable<INodePart>> further;
    private NodeServer? node;
    private Database? opened;
    private WatchedPart? watched;
    private int browsers;

    private PeopleRig(string kind, RequestLimits limits, PeopleSettings? changes, Func<Database, IEnumerable<INodePart>>? further)
    {
        this.further = further ?? (_ => []);
        tables = new TestDatabase(kind);
        this.limits = limits;
        this.changes = changes ?? new PeopleSettings { KeyFolder = "", PasswordIterations = 1000 };
    }

    public static RequestLimits NoLimits { get; } = new()
    {
        SignInsPerMinute = 100_000, TokensPerMinute = 100_000, InvitationsPerMinute = 100_000, RequestsPerSecond = 100_000, RequestsAtOnce = 100_000, ClientRequestsPerSecond = 100_000,
    };

    public ManualClock Clock { get; } = new();

    public Registered Numbers { get; } = new();

    public Forgetful Forgetful { get; } = new();

    public List<string> Log { get; } = [];

    public string KeyFolder => scratch.File("keys");

    public Uri Site => new UriBuilder(node!.Url) { Host = "localhost" }.Uri;

    public IServiceProvider Services => watched!.Application!.Services;

    public PeopleStore People => Services.GetRequiredService<PeopleStore>();

    public Database Tables => opened!;

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. ((IEndpointRouteBuilder)watched!.Application!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Starts a node.</summary>
    /// <param name="kind">The kind of its database.</param>
    /// <param name="limits">How much one client may ask; null for as much as it likes.</param>
    /// <param name="settings">What the community decided.</param>
    /// <param name="further">Makes the node's other parts, with the same database.</param>
    public static async Task<PeopleRig> StartAsync(
        string kind = "sqlite", RequestLimits? limits = null, PeopleSettings? settings = null, Func<Database, IEnumerable<INodePart>>? further = null)
    {
        var rig = new PeopleRig(kind, limits ?? NoLimits, settings, further);
        await rig.OpenAsync();
        return rig;
    }

    public async Task RestartAsync()
    {
        await node!.DisposeAsync();
        await OpenAsync();
    }

    public Browser Browser() => new(Site);

    /// <summary>Somebody new, with these roles and a session.</summary>
    public (Browser Browser, string PersonId) SignedIn(params string[] roles)
    {
        string id = $"person-{++browsers}";
        People.EnsureDemoPerson(id, $"Person {browsers}", roles);
        return (SignedInAs(id), id);
    }

    public Browser SignedInAs(string personId)
    {
        Browser browser = Browser();
        browser.TakeCookie(Services.GetRequiredService<SessionStore>().Begin(personId, "test"));
        return browser;
    }

    /// <summary>A machine client's token.</summary>
    public string Token(params string[] scopes)
    {
        var clients = Services.GetRequiredService<ClientStore>();
        return clients.GiveToken(clients.Make("gateway", scopes, "test").Id, scopes);
    }

    /// <summary>Invites somebody as the manager would.</summary>
    public string Invite(params string[] roles) => Services.GetRequiredService<InvitationStore>().Make("Ana", "ana@example.org", roles, "en", PlannedHome.None, "test").Token;

    /// <summary>Somebody new who signs in with a passkey.</summary>
    public async Task<(Browser Browser, SoftwareAuthenticator Device, string PersonId)> JoinByPasskeyAsync(params string[] roles)
    {
        string token = Invite(roles);
        Browser browser = Browser();
        var device = new SoftwareAuthenticator { Origin = browser.Origin! };
        Answer options = (await browser.PostAsync($"invitations/by-token/{token}/passkey/options")).Is(200);
        Answer answer = (await browser.PostAsync($"invitations/by-token/{token}/accept", new { name = "Ana", credential = device.Create(options.Json) })).Is(200);
        return (browser, device, answer.Json.GetProperty("person").GetProperty("id").GetString()!);
    }

    /// <summary>Somebody new who signs in with a password and codes of a secret.</summary>
    public async Task<(Browser Browser, string Secret, string PersonId)> JoinByPasswordAsync(string email, string password, params string[] roles)
    {
        string token = Invite(roles);
        Browser browser = Browser();
        string secret = (await browser.GetAsync($"invitations/by-token/{token}/totp")).Is(200).Json.GetProperty("secret").GetString()!;
        Answer answer = (await browser.PostAsync($"invitations/by-token/{token}/accept", new { name = "Ana", email, password, code = Totp.CodeAt(secret, Clock.GetUtcNow()) })).Is(200);
        return (browser, secret, answer.Json.GetProperty("person").GetProperty("id").GetString()!);
    }

    /// <summary>All rows of a table.</summary>
    public IReadOnlyList<IDictionary<string, object?>> Rows(string table)
    {
        using DbConnection connection = Tables.Open();
        return [.. connection.Query($"SELECT * FROM {table}").Cast<IDictionary<string, object?>>()];
    }

    /// <summary>Everything that the tables of people say.</summary>
    public string Everything()
    {
        string[] names = ["people", "person_roles", "passkeys", "sessions", "ceremonies", "invitations", "clients", "client_tokens", "attempts", "security_events"];
        return string.Join('\n', names.SelectMany(Rows).Select(row => string.Join(' ', row.Values)));
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            await node.DisposeAsync();
        }

        tables.Dispose();
        scratch.Dispose();
    }

    private async Task OpenAsync()
    {
        opened = tables.Open();
        watched = new WatchedPart(this);
        PeopleSettings settings = changes with { KeyFolder = KeyFolder, Limits = limits };
        node = new NodeServer(OpenLedger(), "http://127.0.0.1:0", Log.Add, TimeProvider.System, [new PeoplePart(opened, settings, Clock, Log.Add), watched, .. further(opened)]);
        await node.StartAsync();
    }

    private LedgerHost OpenLedger()
    {
        TrialFolder folder = TrialFolder.Open(scratch.File("trial"), validators: 1, followers: 0, TimeProvider.System);
        string own = Directory.CreateDirectory(scratch.File("node")).FullName;
        var disk = new FolderDisk(own);
        var host = new LedgerHost(new HostSettings
        {
            Node = new NodeSettings
            {
                Genesis = folder.Genesis,
                Catalog = CommunityRules.Catalog,
                Key = KeyFile.Read(folder.KeyOf(folder.Nodes[0])!),
                Disk = disk,
                Orderer = new NoOrder(),
                Clock = TimeProvider.System,
            },
            Connect = () =>
            {
                var orderer = LocalOrderer.Open(disk);
                return new FederationLink(orderer, Votes: null, orderer.Dispose);
            },
            Folder = own,
            Log = _ => { },
        });
        host.Open();
        return host;
    }

    // Lets tests see the server, and has an endpoint of which nobody said who may use it.
    private sealed class WatchedPart(PeopleRig rig) : INodePart
    {
        public WebApplication? Application { get; private set; }

        public void AddServices(IServiceCollection services)
        {
            services.AddSingleton<IMemberNumbers>(rig.Numbers);
            services.AddSingleton<IErasable>(rig.Forgetful);
        }

        public void Use(WebApplication application) => Application = application;

        public void Map(IEndpointRouteBuilder routes)
        {
            routes.MapGet("/api/v1/forgotten", () => "secret");
            routes.MapFallback("{*path}", () => Results.NotFound());
            routes.MapPost("/api/v1/forgotten/readings", () => "taken").RequireAuthorization("Scope:readings:write");
            routes.MapGet("/api/v1/forgotten/settlement", () => "lines").RequireAuthorization("Manager|Auditor|Scope:settlement:read");
            routes.MapPost("/api/v1/forgotten/demo", (HttpContext context, SignIns signIns, string person) => signIns.SignInAs(context, person, "demo")).AllowAnonymous();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Who is registered on the ledger.</summary>
internal sealed class Registered : IMemberNumbers
{
    public Dictionary<Address, int> Members { get; } = [];

    public int? NumberOf(Address address) => Members.TryGetValue(address, out int number) ? number : null;
}

/// <summary>Something that erases, or fails to.</summary>
internal sealed class Forgetful : IErasable
{
    public List<(string PersonId, Address? Address, int? Number)> Erased { get; } = [];

    public bool Fails { get; set; }

    public Task EraseAsync(string personId, Address? address, int? memberNumber, CancellationToken cancel)
    {
        if (Fails)
        {
            throw new IOException("The disk is full.");
        }

        Erased.Add((personId, address, memberNumber));
        return Task.CompletedTask;
    }
}
