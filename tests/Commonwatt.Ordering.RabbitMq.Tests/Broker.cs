using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace Commonwatt.Ordering.RabbitMq.Tests;

/// <summary>A broker of one node, started for the tests of this project and gone after them.</summary>
public sealed class Broker : IAsyncLifetime
{
    private const int PortsOfACluster = 200;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("commonwatt-broker-");
    private readonly int port = FreePorts();
    private string? missing;

    public BrokerEndpoint Endpoint => new("127.0.0.1", port + 1);

    public BrokerEndpoint TlsEndpoint => new("localhost", port + 11);

    public async ValueTask InitializeAsync()
    {
        (int exitCode, string said) = await BrokerScript.RunAsync("install");
        if (exitCode != 0)
        {
            missing = said;
            return;
        }

        AppDomain.CurrentDomain.ProcessExit += EndAtExit;
        await RequireAsync("start", "--nodes", "1", "--tls", "--port", $"{port}");
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndAtExit;
        if (missing is null)
        {
            await RequireAsync("erase");
        }
    }

    /// <summary>Skips the test where no broker can be had; where changes are checked, there has to be one.</summary>
    public void Require()
    {
        if (missing is not null)
        {
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal), missing);
            Assert.Skip(missing);
        }
    }

    public Task KillAsync() => RequireAsync("kill", "1");

    public Task RestartAsync() => RequireAsync("restart", "1");

    public string File(params string[] path) => Path.Combine([folder.FullName, .. path]);

    public string PasswordFile(string account) => File("accounts", $"{account}.password");

    /// <summary>Settings for one node, as small as they may be.</summary>
    public BrokerSettings Settings(string account = "admin") => new()
    {
        Endpoints = [Endpoint],
        User = account,
        PasswordFile = PasswordFile(account),
        MayDeclare = account is "admin",
        Replicas = 1,
        SegmentBytes = 8_000_000,
        OrderBytes = 24_000_000,
        VoteBytes = 24_000_000,
    };

    /// <summary>A connection of the test's own, past what is tested.</summary>
    public async Task<IConnection> ConnectAsync(string account = "admin")
    {
        string password = (await System.IO.File.ReadAllTextAsync(PasswordFile(account))).Trim();
        return await new ConnectionFactory { HostName = Endpoint.Host, Port = Endpoint.Port, VirtualHost = "commonwatt", UserName = account, Password = password }.CreateConnectionAsync();
    }

    private async Task RequireAsync(params string[] arguments)
    {
        (int exitCode, string said) = await BrokerScript.RunAsync([.. arguments, "--folder", folder.FullName]);
        Assert.True(exitCode == 0, said);
    }

    private void EndAtExit(object? sender, EventArgs arguments) => BrokerScript.RunAsync("erase", "--folder", folder.FullName).Wait();

    // Below what systems give out by themselves.
    private static int FreePorts()
    {
        int first = 15_000 + (Environment.ProcessId % 80 * PortsOfACluster);
        return Enumerable.Range(0, 80)
            .Select(step => 15_000 + ((first - 15_000 + (step * PortsOfACluster)) % (80 * PortsOfACluster)))
            .First(port => new[] { 1, 11, 21, 99 }.All(offset => IsFree(port + offset)));
    }

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

/// <summary>Tests that share the broker and do not run side by side: one of them kills it.</summary>
[CollectionDefinition(nameof(Broker))]
public sealed class BrokerTestGroup : ICollectionFixture<Broker>;
