using System.Net;
using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Telemetry;
using Commonwatt.Ordering.RabbitMq;

namespace Commonwatt.Node.Federation;

/// <summary>Puts a node together from its configuration.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="log">Told what whoever runs the node should know.</param>
/// <param name="clock">The ledger's clock.</param>
internal sealed class NodeAssembly(NodeConfiguration configuration, Action<string> log, TimeProvider clock)
{
    private const string VotesFile = "votes.log";
    private const long MostGenesisBytes = 16 * 1024 * 1024;

    /// <summary>The node with its server, opened and not started.</summary>
    /// <param name="connect">Connects to the others, where they are in this process; null for what the configuration says.</param>
    /// <param name="community">What the node does beside its ledger, or null for nothing.</param>
    /// <exception cref="InvalidDataException">A file that is named is wrong.</exception>
    public NodeServer Build(Func<FederationLink>? connect = null, CommunityAssembly? community = null)
    {
        LedgerGenesis genesis = ReadGenesis();
        SigningKey? key = ReadKey();
        var disk = new FolderDisk(configuration.Folder);
        RequireFederation(genesis, key, connect);
        if (key is not null && (connect is not null || configuration.Order is not OrderConfiguration.Local))
        {
            RequireVotes(key, disk);
        }

        var host = new LedgerHost(new HostSettings
        {
            Node = new NodeSettings
            {
                Genesis = genesis,
                Catalog = CommunityRules.Catalog,
                Key = key,
                Disk = disk,
                Orderer = new NoOrder(),
                Clock = clock,
                SnapshotEvery = configuration.SnapshotEvery,
                HasNeverSigned = configuration.IsKeyNew,
                Carried = ReadCarried(),
            },
            Connect = connect ?? (() => Connect(genesis, disk)),
            Folder = Path.GetFullPath(configuration.Folder),
            Log = log,
            Peers = [.. configuration.Peers.Select(peer => new Peer(peer.GetLeftPart(UriPartial.Authority), new HttpBlockSource(peer)))],
            Trusted = ReadTrusted(genesis),
            OnFinal = block =>
            {
                NodeMetrics.Count(block);
                community?.Take(block);
            },
        });
        try
        {
            host.Open();
            return new NodeServer(host, configuration.Listen, log, TimeProvider.System, community?.Parts(host) ?? []);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    // What would only show as a ledger that never goes on is said at once.
    private void RequireFederation(LedgerGenesis genesis, SigningKey? key, Func<FederationLink>? connect)
    {
        if (configuration.Order is not OrderConfiguration.Local || connect is not null)
        {
            return;
        }

        if (key is null || !genesis.Validators.IsQuorum(genesis.Validators.Find(key.Address)?.Power ?? 0))
        {
            throw new InvalidDataException($"'order': an order in this process alone is for a ledger whose one validator runs here, and the genesis names {genesis.Validators.Members.Count} validators{(key is null ? ", and no 'key' is given" : "")}. Give {{\"kind\": \"broker\", …}}, or './commonwatt cluster' for a trial.");
        }
    }

    // A validator that lost all its files looks like one that never ran: only who runs it knows whether the key has signed.
    private void RequireVotes(SigningKey key, FolderDisk disk)
    {
        IReadOnlyList<string> files = disk.List();
        bool hasVotes = files.Contains(VotesFile, StringComparer.Ordinal);
        if (configuration.IsKeyNew && hasVotes)
        {
            log("The key has signed since it was new: take 'isKeyNew' out of the configuration, so that a lost votes.log is noticed.");
        }
        else if (!configuration.IsKeyNew && !hasVotes && !files.Contains(NodeSettings.UsualFileName, StringComparer.Ordinal))
        {
            throw new InvalidDataException($"{configuration.Folder} holds neither {VotesFile} nor {NodeSettings.UsualFileName}, so it is not known what was signed under the key of {key.Address}. If that key ever signed, bring its {VotesFile} back, or have the community name a new key. If this is its first start, set 'isKeyNew' to true in the configuration, and take it out after that.");
        }
    }

    private FederationLink Connect(LedgerGenesis genesis, FolderDisk disk) =>
        configuration.Order is OrderConfiguration.Broker broker ? BrokerConnection.Open(broker, genesis.Id, isFollower: configuration.Key is null, log, clock) : OpenLocal(disk);

    private static FederationLink OpenLocal(FolderDisk disk)
    {
        var orderer = LocalOrderer.Open(disk);
        return new FederationLink(orderer, Votes: null, orderer.Dispose);
    }

    private LedgerGenesis ReadGenesis()
    {
        try
        {
            return new FileInfo(configuration.Genesis).Length <= MostGenesisBytes
                ? LedgerGenesis.Decode(File.ReadAllBytes(configuration.Genesis))
                : throw new InvalidDataException($"{configuration.Genesis}: a genesis has at most {MostGenesisBytes} bytes.");
        }
        catch (MalformedBytesException malformed)
        {
            throw new InvalidDataException($"{configuration.Genesis} is no genesis: {malformed.Message}", malformed);
        }
    }

    private SigningKey? ReadKey()
    {
        if (configuration.Key is not { } path)
        {
            return null;
        }

        if (KeyFile.IsReadByOthers(path))
        {
            log($"Others than its owner may read the key in {path}: 'chmod 600' ends that.");
        }

        return KeyFile.Read(path);
    }

    private IReadOnlyList<VotedBlock> ReadCarried()
    {
        var blocks = new List<VotedBlock>();
        foreach (string path in configuration.Carried)
        {
            try
            {
                blocks.AddRange(VotedBlocks.Decode(File.ReadAllBytes(path)));
            }
            catch (MalformedBytesException malformed)
            {
                throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
            }
        }

        (IReadOnlyList<VotedBlock> united, string? fault) = VotedBlocks.Unite(blocks);
        return fault is null ? united : throw new InvalidDataException($"'carried': {fault}");
    }

    private TrustedValidators? ReadTrusted(LedgerGenesis genesis)
    {
        if (configuration.TrustedValidators is not { } path)
        {
            return null;
        }

        try
        {
            var trusted = TrustedValidators.Parse(File.ReadAllText(path));
            return trusted.LedgerId == genesis.Id
                ? trusted
                : throw new InvalidDataException($"{path} names the validators of the ledger {trusted.LedgerId}, and the genesis is of {genesis.Id}: take those of this ledger.");
        }
        catch (MalformedBytesException malformed)
        {
            throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
        }
    }
}

/// <summary>The order and the votes of a RabbitMQ cluster.</summary>
internal static class BrokerConnection
{
    /// <summary>Begins to connect.</summary>
    /// <exception cref="InvalidDataException">The configuration is wrong; the message says what is.</exception>
    public static FederationLink Open(OrderConfiguration.Broker broker, Hash ledgerId, bool isFollower, Action<string> log, TimeProvider clock)
    {
        BrokerSettings settings = Settings(broker);
        var surroundings = new BrokerSurroundings(clock, new Random(), log);
        var orderer = RabbitMqOrderer.Open(settings, ledgerId, broker.Number, surroundings);
        var votes = RabbitMqVoteChannel.Open(settings, ledgerId, surroundings);
        return new FederationLink(orderer, isFollower ? new ListeningOnly(votes) : votes, () =>
        {
            votes.Dispose();
            orderer.Dispose();
        });
    }

    // A follower's account need not be allowed to publish: what it misses it gets from peers.
    private sealed class ListeningOnly(IVoteChannel channel) : IVoteChannel
    {
        public void Send(ReadOnlyMemory<byte> message)
        {
            // Nobody listens to followers.
        }

        public ReadOnlyMemory<byte>? Receive() => channel.Receive();
    }

    private static BrokerSettings Settings(OrderConfiguration.Broker broker)
    {
        var endpoints = new List<BrokerEndpoint>();
        foreach (string text in broker.Endpoints)
        {
            endpoints.Add(BrokerEndpoint.TryParse(text) ?? throw new InvalidDataException($"'order.endpoints': '{text}' is no node of a broker; give host:port, such as '{IPAddress.Loopback}:5701'."));
        }

        var settings = new BrokerSettings
        {
            Endpoints = endpoints,
            VirtualHost = broker.VirtualHost,
            User = broker.User,
            PasswordFile = broker.PasswordFile,
            MayDeclare = broker.MakesStreams,
            Replicas = broker.Replicas,
            Tls = broker.Tls is { } tls ? new BrokerTls { ServerName = tls.ServerName, AuthorityFile = tls.AuthorityFile, CertificateFile = tls.CertificateFile, KeyFile = tls.KeyFile } : null,
        };
        return settings.Problems().ToArray() is { Length: > 0 } problems
            ? throw new InvalidDataException($"'order': {string.Join(' ', problems)}")
            : settings;
    }
}
