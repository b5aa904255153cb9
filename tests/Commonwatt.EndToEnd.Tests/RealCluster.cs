using System.Net;
using System.Net.Sockets;
using System.Text;
using Commonwatt.Node.Trial;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>A broker of three nodes and four validators, each a process of its own, gone when the test is over.</summary>
internal sealed class RealCluster : IAsyncDisposable
{
    private const int FirstPort = 10_000;
    private const int PortsOfACluster = 600;
    private const int Places = 8;
    private const int BrokerOffset = 400;
    private const int KeptLines = 40;

    private readonly string path = Directory.CreateTempSubdirectory("commonwatt-cluster-").FullName;
    private readonly StringBuilder said = new();
    private readonly ProcessGuard guard;
    private readonly int port = FreePorts();

    private RealCluster()
    {
        Broker = new TrialBroker(Path.Combine(path, "broker"), port + BrokerOffset, Hear);
        guard = new ProcessGuard(BrokerScript.Find(), path);
    }

    public TrialBroker Broker { get; }

    public TrialFolder Folder { get; private set; } = null!;

    public IReadOnlyList<Validator> Validators { get; private set; } = [];

    /// <summary>Starts the cluster and founds its community. Skips the test where no broker can be had; where changes are checked, there has to be one.</summary>
    public static async Task<RealCluster> StartAsync()
    {
        var cluster = new RealCluster();
        try
        {
            await cluster.RequireBrokerAsync();
            await cluster.StartProcessesAsync();
            return cluster;
        }
        catch
        {
            TestContext.Current.TestOutputHelper!.WriteLine(cluster.Tails());
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The greatest final height of any validator.</summary>
    public async Task<ulong> HeightAsync(Validator? except = null)
    {
        ulong?[] heights = await Task.WhenAll(Validators.Where(validator => validator != except).Select(validator => validator.FinalHeightAsync()));
        return heights.Max() ?? 0;
    }

    /// <summary>Waits until a validator has every block that the others had a moment before.</summary>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> AtTipAsync(Validator validator) => Watch.UntilAsync(
        async () =>
        {
            Assert.False(validator.HasEnded, $"{validator.Name} ended by itself.");
            ulong others = await HeightAsync(except: validator);
            return others > 0 && await validator.FinalHeightAsync() >= others;
        },
        $"{validator.Name} is at the tip");

    /// <summary>The last lines of every process, for a test that failed.</summary>
    public string Tails()
    {
        var text = new StringBuilder();
        foreach (Validator validator in Validators)
        {
            text.AppendLine($"---- {validator.Name}").AppendLine(validator.Said);
        }

        lock (said)
        {
            text.AppendLine("---- broker/cluster.sh").Append(said);
        }

        string broker = Path.Combine(path, "broker");
        string[] logs = Directory.Exists(broker) ? Directory.GetFiles(broker, "r?@localhost.log", SearchOption.AllDirectories) : [];
        foreach (string log in logs.Order(StringComparer.Ordinal))
        {
            text.AppendLine($"---- {Path.GetFileName(log)}").AppendJoin('\n', File.ReadLines(log).TakeLast(KeptLines)).AppendLine();
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Validator validator in Validators)
        {
            validator.Dispose();
        }

        await Broker.EraseAsync();
        guard.Dispose();
        Directory.Delete(path, recursive: true);
    }

    private async Task RequireBrokerAsync()
    {
        try
        {
            await Broker.InstallAsync();
        }
        catch (InvalidDataException exception)
        {
            string missing = $"{exception.Message} {said}";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal), missing);
            Assert.Skip(missing);
        }
    }

    private async Task StartProcessesAsync()
    {
        await Broker.StartAsync();
        Folder = TrialFolder.Open(Path.Combine(path, "trial"), validators: 4, followers: 0, TimeProvider.System);
        await Broker.MakeStreamsAsync(Folder.Genesis.Id, TestContext.Current.CancellationToken);
        var configuration = new TrialConfiguration(Folder, port);
        Validators = [.. Folder.Nodes.Select((name, index) => new Validator(
            name, Folder.FolderOf(name), configuration.Write(index, Broker.Endpoints, Broker.Accounts), new Uri(configuration.UrlOf(index)), guard))];
        foreach (Validator validator in Validators)
        {
            validator.Start();
        }

        await new TrialFounding(Folder, Validators[0].Url).RunAsync(TestContext.Current.CancellationToken);
        await Watch.UntilAsync(() => Validators.All(validator => File.Exists(validator.VotesFile)), "every validator has its file of votes");
        // From the next start on, no key is new any more.
        Folder.NoteUsedKeys();
        for (int index = 0; index < Validators.Count; index++)
        {
            configuration.Write(index, Broker.Endpoints, Broker.Accounts);
        }
    }

    private void Hear(string line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }
    }

    // Below what the broker's own tests take, and what systems give out by themselves.
    private static int FreePorts() => Enumerable.Range(0, Places)
        .Select(step => FirstPort + ((Environment.ProcessId + step) % Places * PortsOfACluster))
        .First(port => new[] { 1, 2, 3, 4, 401, 402, 403, 421, 422, 423, 499, 510, 520, 530 }.All(offset => IsFree(port + offset)));

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
