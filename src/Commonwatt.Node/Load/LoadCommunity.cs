using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Demo;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Commonwatt.Simulation.Running;
using Commonwatt.Simulation.Scenarios;
using Google.Protobuf;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Commonwatt.Node.Load;

/// <summary>A large community on a node like any other, to be measured: some of its members have traded for days, all have meters.</summary>
internal sealed class LoadCommunity : IAsyncDisposable
{
    private const int CallsInTransaction = 100;
    private const string Gateway = "gateway";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CommunityKeys keys;
    private readonly string[] ids;
    private readonly NodeServer server;
    private readonly PeopleOfLoad people;

    private LoadCommunity(CommunityKeys keys, string[] ids, LoadClock clock, NodeServer server, PeopleOfLoad people)
    {
        this.keys = keys;
        this.ids = ids;
        this.server = server;
        this.people = people;
        Clock = clock;
    }

    /// <summary>The community's clock.</summary>
    public LoadClock Clock { get; }

    /// <summary>Where the node listens.</summary>
    public Uri Url => server.Url;

    /// <summary>The node's services.</summary>
    public IServiceProvider Services => people.Services;

    /// <summary>The ledger.</summary>
    public LedgerGenesis Genesis => server.Host.Genesis;

    /// <summary>How many meters there are.</summary>
    public int Meters => ids.Length;

    /// <summary>Makes a community and starts its node.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="traders">How many members have traded.</param>
    /// <param name="members">How many members there are, all told; each has a meter.</param>
    /// <param name="days">For how many days they have traded.</param>
    /// <param name="log">Told what the node tells.</param>
    public static async Task<LoadCommunity> StartAsync(string folder, int traders, int members, int days, Action<string> log)
    {
        Scenario scenario = MadeUpNeighbourhood.Create(traders, days + 1, Hour) with { Wallet = new WalletRules(new Money(100_000_000), new Money(1_000_000_000)) };
        var keys = new CommunityKeys(scenario.Name, scenario.Seed);
        CommunityData data = CommunityData.Prepare(scenario).Required();
        Instant end = data.Grid.Start + TimeSpan.FromDays(days);
        var handover = new LedgerHandover(end, end + TimeSpan.FromDays(366));
        LedgerGenesis genesis = new CommunityFounding(data, keys, handover).Genesis(hasSignatures: true);
        string ledger = Path.Combine(folder, "ledger");
        using (var tables = new HistoryTables(folder, genesis))
        {
            SimulationRunner.Run(data, new LedgerFolder(ledger), new SimulationSettings { Handover = handover with { OnFinal = tables.Take } });
        }

        string[] ids = [.. scenario.Members.Select(member => member.Id), .. Enumerable.Range(traders + 1, members - traders).Select(number => $"further-{number}")];
        var clock = new LoadClock(end);
        var people = new PeopleOfLoad();
        NodeServer server = Build(folder, genesis, keys, clock, people, log);
        var community = new LoadCommunity(keys, ids, clock, server, people);
        await server.StartAsync();
        await community.RegisterAsync(traders);
        return community;
    }

    /// <summary>The address of a meter.</summary>
    /// <param name="number">The member's number, from 0.</param>
    public Address Meter(int number) => keys.Meter(ids[number]);

    /// <summary>Signs a member in.</summary>
    /// <param name="number">The member's number, from 0.</param>
    /// <returns>The cookie that his browser sends.</returns>
    public string SignIn(int number)
    {
        using SigningKey key = keys.Member(ids[number]);
        Services.GetRequiredService<PeopleStore>().EnsureDemoPerson(ids[number], ids[number], ["member"], key.Address.ToString(), key.PublicKey.ToString());
        return $"commonwatt={Services.GetRequiredService<SessionStore>().Begin(ids[number], "load")}";
    }

    /// <summary>Signs a payment of a cent from a member to the next.</summary>
    /// <param name="number">The member's number, from 0.</param>
    public byte[] Payment(int number)
    {
        using SigningKey key = keys.Member(ids[number]);
        using SigningKey next = keys.Member(ids[(number + 1) % ids.Length]);
        TransactionBuilder sender = Sender(key);
        return sender.Build(Clock.Now, TransactionBuilder.Call("wallet", "transfer", new Transfer { To = Bytes(next.Address), Amount = 10_000 })).Bytes.ToArray();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static NodeServer Build(string folder, LedgerGenesis genesis, CommunityKeys keys, LoadClock clock, PeopleOfLoad people, Action<string> log)
    {
        string validator = Path.Combine(folder, "validator.pem");
        string gateway = Path.Combine(folder, $"{Gateway}.pem");
        string genesisFile = Path.Combine(folder, "community.genesis");
        KeyFile.Write(validator, keys.Validator());
        KeyFile.Write(gateway, keys.Gateway());
        File.WriteAllBytes(genesisFile, genesis.Bytes.ToArray());
        var community = new CommunityConfiguration
        {
            TimeZone = "Europe/Lisbon",
            Currency = Currency.Euro.Code,
            Database = new DatabaseConfiguration.Sqlite(folder),
            RelyingParty = "localhost",
            Origins = [],
            GatewayKey = gateway,
            HasPages = false,
        };
        var configuration = new NodeConfiguration
        {
            Folder = Path.Combine(folder, "ledger"),
            Genesis = genesisFile,
            Key = validator,
            Listen = "http://127.0.0.1:0",
            Order = new OrderConfiguration.Local(),
            Community = community,
        };
        var surroundings = new CommunitySurroundings(folder, clock, Speed: 1, TimeProvider.System, log);
        return new NodeAssembly(configuration, log, clock).Build(community: CommunityParts.Of(community, surroundings, _ => [people]));
    }

    private async Task RegisterAsync(int registered)
    {
        using SigningKey manager = keys.Manager();
        using SigningKey gateway = keys.Gateway();
        TransactionBuilder sender = Sender(manager);
        IEnumerable<Ledger.Wire.Call> calls = ids.Skip(registered).SelectMany(id => Join(id, gateway.Address));
        SignedTransaction[] transactions = [.. calls.Chunk(CallsInTransaction).Select(part => sender.Build(Clock.Now, part))];
        TransactionAnswer[] answers = await Task.WhenAll(transactions.Select(transaction => server.Host.SubmitAsync(transaction, Patience, CancellationToken.None)));
        if (answers.FirstOrDefault(answer => !answer.Outcome.IsDone) is { } refused)
        {
            throw new InvalidOperationException($"The ledger did not take the members of the measurement in: {refused.Outcome.Sentence}");
        }
    }

    private IEnumerable<Ledger.Wire.Call> Join(string id, Address gateway)
    {
        using SigningKey key = keys.Member(id);
        yield return TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = Bytes(key.Address), ConnectionW = 10_000 });
        yield return TransactionBuilder.Call("registry", "register-meter", new RegisterMeter { Meter = Bytes(keys.Meter(id)), Member = Bytes(key.Address), Gateway = Bytes(gateway) });
    }

    // Above all nonces that the history used.
    private TransactionBuilder Sender(SigningKey key)
    {
        var sender = new TransactionBuilder(Genesis.Id, key);
        sender.ContinueAfter((ulong)Clock.Now.UnixMilliseconds);
        return sender;
    }

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());

    private sealed class PeopleOfLoad : INodePart
    {
        public IServiceProvider Services { get; private set; } = null!;

        public void Map(IEndpointRouteBuilder routes) => Services = routes.ServiceProvider;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
