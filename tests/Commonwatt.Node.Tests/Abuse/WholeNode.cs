using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Demo;
using Commonwatt.Node.Founding;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Commonwatt.Node.Projections;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.People;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Commonwatt.Node.Tests.Abuse;

/// <summary>A community's node with every part that it can have, on a port that is free: founded, and started from its own configuration.</summary>
internal sealed class WholeNode : IAsyncDisposable
{
    private const int MostTries = 5;

    private static int databases;

    private readonly ScratchFolder scratch = new();
    private readonly CommunityFolder folder;
    private readonly RequestLimits limits;
    private readonly List<(string, string, string)> settings;
    private WatchedPart watched = new();
    private int people;

    private WholeNode(string kind, RequestLimits limits)
    {
        this.limits = limits;
        folder = FoundedCommunity.Found(scratch.File("community"));
        Directory.CreateDirectory(scratch.File("web"));
        scratch.Write("web/index.html", "<!doctype html><title>The pages</title>");
        // The pages' origin is that of the configuration: the port stays the same over a restart.
        settings = [("listen", $"http://127.0.0.1:{FreePort()}", "test"), ("community.telemetry.metricsPage", "true", "test"), ("community.pagesFolder", scratch.File("web"), "test")];
        if (kind == "postgres")
        {
            scratch.Write("database.txt", NewDatabase());
            settings.AddRange([("community.database.kind", "postgres", "test"), ("community.database.connectionFile", scratch.File("database.txt"), "test")]);
        }
    }

    public FoundedCommunity Community { get; private set; } = null!;

    public CommunityFolder Folder => folder;

    public Uri Site => new UriBuilder(Community.Server.Url) { Host = "localhost" }.Uri;

    public IServiceProvider Services => watched.Application!.Services;

    public Database Tables => watched.Parts!.Tables.Community;

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. ((IEndpointRouteBuilder)watched.Application!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    public static async Task<WholeNode> StartAsync(string kind = "sqlite", RequestLimits? limits = null)
    {
        var node = new WholeNode(kind, limits ?? PeopleRig.NoLimits);
        for (int tries = 1; ; tries++)
        {
            try
            {
                await node.OpenAsync();
                return node;
            }
            catch (IOException) when (tries < MostTries)
            {
                // Another test took the port in between.
                node.settings[0] = ("listen", $"http://127.0.0.1:{FreePort()}", "test");
            }
        }
    }

    public async Task RestartAsync()
    {
        await Community.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>The manager registers a member with a name's address, and the tables know it.</summary>
    public Task RegisterAsync(string name) => RegisterAsync(Address.OfName(name));

    /// <summary>The manager registers a member, and the tables know it.</summary>
    public async Task RegisterAsync(Address member)
    {
        ulong height = await Community.RegisterAsync(member);
        await Services.GetRequiredService<Projector>().ReachAsync(height, TestContext.Current.CancellationToken);
    }

    public Browser Browser() => new(Site);

    /// <summary>Somebody new with these roles, an address on the ledger or none, and a session.</summary>
    public Browser SignedIn(Address? address, params string[] roles)
    {
        string id = $"person-{++people}";
        Services.GetRequiredService<PeopleStore>().EnsureDemoPerson(id, $"Person {people}", roles, address?.ToString());
        return SignedInAs(id);
    }

    public Browser SignedIn(params string[] roles) => SignedIn(address: null, roles);

    public Browser SignedInAs(string person)
    {
        Browser browser = Browser();
        browser.TakeCookie(Services.GetRequiredService<SessionStore>().Begin(person, "test"));
        return browser;
    }

    public Browser Machine(params string[] scopes)
    {
        var clients = Services.GetRequiredService<ClientStore>();
        Browser browser = Browser();
        browser.Bearer = clients.GiveToken(clients.Make("machine", scopes, "test").Id, scopes);
        return browser;
    }

    public IReadOnlyList<IDictionary<string, object?>> Rows(string table)
    {
        using DbConnection connection = Tables.Open();
        return [.. connection.Query($"SELECT * FROM {table}").Cast<IDictionary<string, object?>>()];
    }

    public async ValueTask DisposeAsync()
    {
        await Community.DisposeAsync();
        scratch.Dispose();
    }

    private async Task OpenAsync()
    {
        watched = new WatchedPart();
        Community = await FoundedCommunity.StartAsync(
            folder,
            limits,
            parts =>
            {
                watched.Parts = parts;
                return [new DemoPeople([], []), watched];
            },
            [.. settings]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string NewDatabase()
    {
        string name = $"whole_{Interlocked.Increment(ref databases)}";
        using (var connection = new NpgsqlConnection(PostgresCluster.ConnectionString()))
        {
            connection.Open();
            connection.Execute($"CREATE DATABASE {name}");
        }

        return new NpgsqlConnectionStringBuilder(PostgresCluster.ConnectionString()) { Database = name }.ToString();
    }

    // Lets tests see the server, and has endpoints of which nobody said who may use them.
    private sealed class WatchedPart : INodePart
    {
        public WebApplication? Application { get; private set; }

        public CommunityParts? Parts { get; set; }

        public void Use(WebApplication application) => Application = application;

        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/forgotten", () => "secret");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
