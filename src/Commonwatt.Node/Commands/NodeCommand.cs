using System.CommandLine;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>node --config FILE</c>: runs a validator or a follower until it is stopped.</summary>
internal static class NodeCommand
{
    private static readonly Option<string> Config = new("--config") { Description = "The node's configuration (JSON); docs/federation.md explains it", Required = true, HelpName = "FILE" };

    public static Command Create()
    {
        Verb verb = new(
            "node",
            "Run a validator or a follower of a ledger until Ctrl-C.",
            "./commonwatt node --config out/trial/validator-1/node.json")
        {
            Config,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Config), "node's configuration");
        NodeConfiguration configuration = ConfigurationFile.Read(path);
        var log = new NodeLog(parsed.InvocationConfiguration.Output, TimeProvider.System);
        await using NodeServer server = new NodeAssembly(configuration, log.Write, TimeProvider.System).Build();
        await server.StartAsync();
        log.Write($"{(server.Host.Address is { } address ? $"The validator {address}" : "A follower")} of '{server.Host.Genesis.Name}' listens at {server.Url}.");
        Task stopped = Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        bool hasFailed = await Task.WhenAny(server.Host.Failed, stopped) != stopped;
        log.Write(hasFailed ? "The node ends." : "The node was told to stop, and stops in good order.");
        return hasFailed ? ExitCode.CheckFailed : ExitCode.Done;
    }
}
