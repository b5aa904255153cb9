using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Founding;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.People;
using Google.Protobuf;

namespace Commonwatt.Node.Tests;

/// <summary>A community that was founded in a folder, and its node in this process, on a port that is free.</summary>
internal sealed class FoundedCommunity : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FolderLock claim;
    private readonly TransactionBuilder manager;
    private readonly SigningKey managerKey;

    private FoundedCommunity(FolderLock claim, NodeServer server, SigningKey managerKey)
    {
        this.claim = claim;
        this.managerKey = managerKey;
        Server = server;
        manager = new TransactionBuilder(server.Host.Genesis.Id, managerKey);
        manager.ContinueAfter((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public NodeServer Server { get; }

    public ulong Height => Server.Host.Status.Final!.Height;

    public static CommunityFolder Found(string path) => new CommunityFounder(new FoundingSettings { Name = "Rua das Flores", Folder = path }, TimeProvider.System).Found();

    public static Task<FoundedCommunity> StartAsync(CommunityFolder folder, params (string Name, string Value, string Option)[] settings) =>
        StartAsync(folder, new RequestLimits(), further: null, settings);

    public static async Task<FoundedCommunity> StartAsync(
        CommunityFolder folder, RequestLimits limits, Func<CommunityParts, IEnumerable<INodePart>>? further, params (string Name, string Value, string Option)[] settings)
    {
        var sources = new SettingSources(folder.Configuration, new Dictionary<string, string>(StringComparer.Ordinal), [("listen", "http://127.0.0.1:0", "test"), .. settings]);
        NodeConfiguration configuration = ConfigurationFile.Read(folder.Configuration, sources);
        var claim = FolderLock.Take(configuration.Folder, "a node");
        CommunityAssembly community = CommunityParts.Of(configuration.Community!, new CommunitySurroundings(configuration.Folder, TimeProvider.System, Speed: 1, TimeProvider.System, _ => { }) { Limits = limits }, further);
        NodeServer server = new NodeAssembly(configuration, _ => { }, TimeProvider.System).Build(community: community);
        try
        {
            await server.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            claim.Dispose();
            throw;
        }

        return new FoundedCommunity(claim, server, KeyFile.Read(folder.Key("manager")));
    }

    /// <summary>The manager registers a member, whoever it may be.</summary>
    /// <returns>The height of the block that it stands in, which the node's status may tell of only later.</returns>
    public Task<ulong> RegisterAsync(string name) => RegisterAsync(Address.OfName(name));

    /// <summary>The manager registers a member with an address.</summary>
    /// <returns>The height of the block that it stands in, which the node's status may tell of only later.</returns>
    public async Task<ulong> RegisterAsync(Address member)
    {
        SignedTransaction transaction = manager.Build(
            Instant.From(TimeProvider.System.GetUtcNow()),
            TransactionBuilder.Call("registry", "register-member", new RegisterMember { Member = ByteString.CopyFrom(member.ToArray()), ConnectionW = 10_000, SharingWeight = 1 }));
        TransactionAnswer answer = await Server.Host.SubmitAsync(transaction, Patience, TestContext.Current.CancellationToken);
        Assert.True(answer.Status == TransactionStatus.Final, answer.Outcome.Sentence);
        return answer.Height!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        claim.Dispose();
        managerKey.Dispose();
    }
}
