using System.Diagnostics;
using System.Runtime.InteropServices;
using Commonwatt.Ordering.RabbitMq;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Trial;

/// <summary>A process for each node, and a broker of three nodes, all on this machine.</summary>
internal sealed class BrokerFederation : IAsyncDisposable
{
    private const int BrokerNodes = 3;
    private const int BrokerOffset = 400;
    private const int Terminate = 15;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToMakeStreams = TimeSpan.FromMinutes(1);

    private readonly TrialFolder folder;
    private readonly int port;
    private readonly TextWriter output;
    private readonly BrokerScript broker;
    private readonly List<Process> nodes = [];

    private BrokerFederation(TrialFolder folder, int port, NodeLog log, TextWriter output)
    {
        this.folder = folder;
        this.port = port;
        this.output = output;
        broker = new BrokerScript(Path.Combine(folder.Path, "broker"), log.Write);
    }

    private IReadOnlyList<string> Endpoints => [.. Enumerable.Range(1, BrokerNodes).Select(number => $"127.0.0.1:{port + BrokerOffset + number}")];

    /// <summary>Starts the broker, makes the streams, and starts a process for each node.</summary>
    /// <param name="folder">The trial, of at most four validators: the broker's script makes an account for each.</param>
    /// <param name="port">The first node listens at the port after it, and so on; the broker 400 further on.</param>
    /// <param name="output">Where the nodes' lines go.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="InvalidDataException">The broker did not start, or does not take the streams.</exception>
    public static async Task<BrokerFederation> StartAsync(TrialFolder folder, int port, TextWriter output, CancellationToken cancel)
    {
        var federation = new BrokerFederation(folder, port, new NodeLog(output, TimeProvider.System, "cluster"), output);
        try
        {
            await federation.broker.RunAsync("start", "--nodes", $"{BrokerNodes}", "--port", $"{port + BrokerOffset}");
            await federation.MakeStreamsAsync(cancel);
            var configuration = new TrialConfiguration(folder, port);
            for (int index = 0; index < folder.Nodes.Count; index++)
            {
                federation.StartNode(folder.Nodes[index], configuration.Write(index, federation.Endpoints, federation.broker.Accounts));
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
        foreach (Process node in nodes.Where(node => !node.HasExited))
        {
            _ = Send(node.Id, Terminate);
        }

        using var late = new CancellationTokenSource(TimeToStop);
        foreach (Process node in nodes)
        {
            try
            {
                await node.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                node.Kill();
            }

            node.Dispose();
        }

        if (broker.HasCluster)
        {
            await broker.RunAsync("stop");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);

    // Validators may not make streams: the broker's administrator does, once.
    private async Task MakeStreamsAsync(CancellationToken cancel)
    {
        var settings = new BrokerSettings
        {
            Endpoints = [.. Endpoints.Select(endpoint => BrokerEndpoint.TryParse(endpoint)!)],
            User = "admin",
            PasswordFile = Path.Combine(broker.Accounts, "admin.password"),
            MayDeclare = true,
            Replicas = BrokerNodes,
        };
        var surroundings = new BrokerSurroundings(TimeProvider.System, new Random(), _ => { });
        await using var orderer = RabbitMqOrderer.Open(settings, folder.Genesis.Id, order: 0, surroundings);
        await using var votes = RabbitMqVoteChannel.Open(settings, folder.Genesis.Id, surroundings);
        _ = orderer.Read(0);
        long since = Stopwatch.GetTimestamp();
        while ((orderer.Trouble ?? votes.Trouble) is { } trouble)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeToMakeStreams)
            {
                throw new InvalidDataException($"The broker does not take the streams: {trouble}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
        }
    }

    private void StartNode(string name, string configuration)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "commonwatt.dll");
        var node = Process.Start(new ProcessStartInfo("dotnet", [program, "node", "--config", configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        nodes.Add(node);
        node.OutputDataReceived += (_, line) => Pass(name, line.Data);
        node.ErrorDataReceived += (_, line) => Pass(name, line.Data);
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
    }

    private void Pass(string name, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.WriteLine($"{name}: {line}");
            }
        }
    }
}
