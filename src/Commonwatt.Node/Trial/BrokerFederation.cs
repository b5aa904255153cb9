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
    private readonly NodeLog log;
    private readonly TextWriter output;
    private readonly List<Process> nodes = [];

    private BrokerFederation(TrialFolder folder, int port, NodeLog log, TextWriter output)
    {
        this.folder = folder;
        this.port = port;
        this.log = log;
        this.output = output;
    }

    private string Broker => Path.Combine(folder.Path, "broker");

    private string Accounts => Path.Combine(Broker, "accounts");

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
            await federation.RunScriptAsync("start", "--nodes", $"{BrokerNodes}", "--port", $"{port + BrokerOffset}");
            await federation.MakeStreamsAsync(cancel);
            var configuration = new TrialConfiguration(folder, port);
            for (int index = 0; index < folder.Nodes.Count; index++)
            {
                federation.StartNode(folder.Nodes[index], configuration.Write(index, federation.Endpoints, federation.Accounts));
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

        if (File.Exists(Path.Combine(Broker, "cluster")))
        {
            await RunScriptAsync("stop");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);

    // The script stands in the sources, from which 'commonwatt' is built and run.
    private static string Script()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string script = Path.Combine(at.FullName, "broker", "cluster.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidDataException("--broker starts broker/cluster.sh of the sources, and it is not there: run this from a copy of the sources.");
    }

    private async Task RunScriptAsync(params string[] words)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [Script(), .. words, "--folder", Broker]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await foreach (string line in ReadLinesAsync(script.StandardOutput))
        {
            log.Write(line);
        }

        await script.WaitForExitAsync();
        if (script.ExitCode != 0)
        {
            throw new InvalidDataException($"The broker could not be told to {words[0]}; what its script said is above.");
        }
    }

    private static async IAsyncEnumerable<string> ReadLinesAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            yield return line;
        }
    }

    // Validators may not make streams: the broker's administrator does, once.
    private async Task MakeStreamsAsync(CancellationToken cancel)
    {
        var settings = new BrokerSettings
        {
            Endpoints = [.. Endpoints.Select(endpoint => BrokerEndpoint.TryParse(endpoint)!)],
            User = "admin",
            PasswordFile = Path.Combine(Accounts, "admin.password"),
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
