using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Ordering;
using Commonwatt.Ledger.Storage;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Trial;

/// <summary>Several nodes in one process, which share an order on disk. Each has its own folder, thread and port, and can be stopped and started.</summary>
internal sealed class LocalFederation : IAsyncDisposable
{
    private readonly TrialFolder folder;
    private readonly TrialConfiguration configuration;
    private readonly Func<string, NodeLog> logOf;
    private readonly TimeProvider clock;
    private readonly LocalOrderer orderer;
    private readonly FederationLink[] links;
    private readonly NodeServer?[] servers;

    private LocalFederation(TrialFolder folder, int port, Func<string, NodeLog> logOf, TimeProvider clock)
    {
        this.folder = folder;
        this.logOf = logOf;
        this.clock = clock;
        configuration = new TrialConfiguration(folder, port);
        orderer = LocalOrderer.Open(new FolderDisk(Path.Combine(folder.Path, "order")));
        var order = new SharedOrderer(orderer);
        var votes = new LocalVoteChannel();
        // A node that is stopped keeps its place in the order: nothing goes that it has not read.
        links = [.. folder.Nodes.Select(_ => new FederationLink(order.Join(), votes.Join()))];
        servers = new NodeServer?[links.Length];
    }

    /// <summary>Starts all nodes.</summary>
    /// <param name="folder">The trial.</param>
    /// <param name="port">The first node listens at the port after it, and so on; 0 for ports that are free.</param>
    /// <param name="logOf">The log of a node, by its name.</param>
    /// <param name="clock">The clock.</param>
    public static async Task<LocalFederation> StartAsync(TrialFolder folder, int port, Func<string, NodeLog> logOf, TimeProvider clock)
    {
        var federation = new LocalFederation(folder, port, logOf, clock);
        try
        {
            // An empty order does not say where it begins: all say how far they are before anybody goes on.
            for (int index = 0; index < federation.servers.Length; index++)
            {
                federation.servers[index] = federation.Build(index);
            }

            foreach (NodeServer? server in federation.servers)
            {
                await server!.StartAsync();
            }

            return federation;
        }
        catch
        {
            await federation.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node's server, or null while it is stopped.</summary>
    public NodeServer? this[int index] => servers[index];

    /// <summary>Stops one node in good order.</summary>
    public async Task StopAsync(int index)
    {
        if (servers[index] is { } server)
        {
            servers[index] = null;
            await server.DisposeAsync();
        }
    }

    /// <summary>Starts a node that was stopped.</summary>
    public async Task RestartAsync(int index)
    {
        servers[index] = Build(index);
        await servers[index]!.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (int index = 0; index < servers.Length; index++)
        {
            await StopAsync(index);
        }

        orderer.Dispose();
    }

    private NodeServer Build(int index) =>
        new NodeAssembly(configuration.Of(index), logOf(folder.Nodes[index]).Write, clock).Build(() => links[index]);
}
