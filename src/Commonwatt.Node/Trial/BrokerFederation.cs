using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Trial;

/// <summary>A process for each node, and a broker of three nodes, all on this machine.</summary>
internal sealed class BrokerFederation : IAsyncDisposable
{
    private const int BrokerOffset = 400;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    private readonly TrialBroker broker;
    private readonly TextWriter output;
    private readonly List<NodeProcess> nodes = [];

    private BrokerFederation(TrialFolder folder, int port, TextWriter output)
    {
        broker = new TrialBroker(Path.Combine(folder.Path, "broker"), port + BrokerOffset, new NodeLog(output, TimeProvider.System, "cluster").Write);
        this.output = output;
    }

    /// <summary>Starts the broker, makes the streams, and starts a process for each node.</summary>
    /// <param name="folder">The trial, of at most four validators: the broker's script makes an account for each.</param>
    /// <param name="port">The first node listens at the port after it, and so on; the broker 400 further on.</param>
    /// <param name="output">Where the nodes' lines go.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="InvalidDataException">The broker did not start, or does not take the streams.</exception>
    public static async Task<BrokerFederation> StartAsync(TrialFolder folder, int port, TextWriter output, CancellationToken cancel)
    {
        var federation = new BrokerFederation(folder, port, output);
        try
        {
            await federation.broker.StartAsync();
            await federation.broker.MakeStreamsAsync(folder.Genesis.Id, cancel);
            var configuration = new TrialConfiguration(folder, port);
            for (int index = 0; index < folder.Nodes.Count; index++)
            {
                string name = folder.Nodes[index];
                federation.nodes.Add(NodeProcess.Start(configuration.Write(index, federation.broker.Endpoints, federation.broker.Accounts), line => federation.Pass(name, line)));
            }

            return federation;
        }
        catch
        {
            await federation.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (NodeProcess node in nodes)
        {
            node.Terminate();
        }

        using var late = new CancellationTokenSource(TimeToStop);
        foreach (NodeProcess node in nodes)
        {
            try
            {
                await node.EndAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                node.Kill();
            }

            node.Dispose();
        }

        await broker.StopAsync();
    }

    private void Pass(string name, string line)
    {
        lock (output)
        {
            output.WriteLine($"{name}: {line}");
        }
    }
}
