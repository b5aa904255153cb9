using System.Diagnostics;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ordering.RabbitMq;

namespace Commonwatt.Node.Trial;

/// <summary>The RabbitMQ cluster of a trial: three nodes on this machine.</summary>
/// <param name="folder">Where it keeps what it holds.</param>
/// <param name="port">Node N takes connections at this port + N.</param>
/// <param name="log">Told what the script says.</param>
internal sealed class TrialBroker(string folder, int port, Action<string> log)
{
    /// <summary>How many nodes it has.</summary>
    public const int Nodes = 3;

    private static readonly TimeSpan TimeToMakeStreams = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly BrokerScript script = new(folder, log);

    /// <summary>The folder with the passwords of its accounts.</summary>
    public string Accounts => script.Accounts;

    /// <summary>Where its nodes take connections.</summary>
    public IReadOnlyList<string> Endpoints => [.. Enumerable.Range(1, Nodes).Select(number => $"127.0.0.1:{port + number}")];

    /// <summary>Starts all nodes.</summary>
    /// <exception cref="InvalidDataException">They do not start; the log says why.</exception>
    public Task StartAsync() => script.RunAsync("start", "--nodes", $"{Nodes}", "--port", $"{port}");

    /// <summary>Makes a ledger's streams where there are none. Validators may not: the broker's administrator does, once.</summary>
    /// <param name="ledgerId">The ledger.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="InvalidDataException">The broker does not take the streams.</exception>
    public async Task MakeStreamsAsync(Hash ledgerId, CancellationToken cancel)
    {
        BrokerSettings settings = Settings("admin") with { MayDeclare = true, Replicas = Nodes };
        var surroundings = new BrokerSurroundings(TimeProvider.System, new Random(), _ => { });
        await using var orderer = RabbitMqOrderer.Open(settings, ledgerId, order: 0, surroundings);
        await using var votes = RabbitMqVoteChannel.Open(settings, ledgerId, surroundings);
        _ = orderer.Read(0);
        long since = Stopwatch.GetTimestamp();
        while ((orderer.Trouble ?? votes.Trouble) is { } trouble)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeToMakeStreams)
            {
                throw new InvalidDataException($"The broker does not take the streams: {trouble}.");
            }

            await Task.Delay(BetweenLooks, cancel);
        }
    }

    /// <summary>How one of its accounts connects.</summary>
    public BrokerSettings Settings(string account) => new()
    {
        Endpoints = [.. Endpoints.Select(endpoint => BrokerEndpoint.TryParse(endpoint)!)],
        User = account,
        PasswordFile = Path.Combine(Accounts, $"{account}.password"),
    };

    /// <summary>Ends a node at once, as a loss of power would.</summary>
    /// <param name="node">Which, from 1 on.</param>
    public Task KillAsync(int node) => script.RunAsync("kill", $"{node}");

    /// <summary>Starts a node again, and waits until it takes connections.</summary>
    /// <param name="node">Which, from 1 on.</param>
    public Task RestartAsync(int node) => script.RunAsync("restart", $"{node}");

    /// <summary>Stops all nodes in good order, where they were started; what they hold stays.</summary>
    public Task StopAsync() => script.HasCluster ? script.RunAsync("stop") : Task.CompletedTask;

    /// <summary>Ends all nodes at once and deletes what they hold.</summary>
    public Task EraseAsync() => script.HasCluster ? script.RunAsync("erase") : Task.CompletedTask;

    /// <summary>Installs the broker where it is missing.</summary>
    /// <exception cref="InvalidDataException">It cannot be installed; the log says why.</exception>
    public Task InstallAsync() => script.RunAsync("install");
}
