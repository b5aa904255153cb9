using System.CommandLine;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Federation;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>node --config FILE</c>: runs a validator or a follower until it is stopped.</summary>
internal static class NodeCommand
{
    private static readonly Option<string> Config = new("--config") { Description = "The node's configuration (JSON); docs/federation.md and docs/community.md explain it", Required = true, HelpName = "FILE" };

    private static readonly Option<string?> Listen = new("--listen") { Description = "Where to listen, in place of what the configuration says", HelpName = "URL" };

    private static readonly Option<string?> Folder = new("--folder") { Description = "The folder for the node's files, in place of what the configuration says", HelpName = "DIR" };

    public static Command Create()
    {
        Verb verb = new(
            "node",
            "Run a validator or a follower of a ledger, or the node of a community, until Ctrl-C.",
            "./commonwatt node --config out/flores/node.json",
            "./commonwatt node --config out/trial/validator-1/node.json --listen http://127.0.0.1:7201")
        {
            Config, Listen, Folder, SettingOptions.Set,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string path = SharedOptions.RequireFile(parsed.GetRequiredValue(Config), "node's configuration");
        NodeConfiguration configuration = ConfigurationFile.Read(path, SettingOptions.Read(path, parsed, Listen, Folder));
        TimeProvider clock = TimeProvider.System;
        var log = new NodeLog(parsed.InvocationConfiguration.Output, clock, isJson: configuration.HasJsonLog);
        ListeningPort.Require(configuration.Listen, $"{Listen.Name} URL, or 'listen' in {path}.");
        KeepFiles(configuration, log);
        using var claim = FolderLock.Take(configuration.Folder, "a node");
        CommunityAssembly? community = configuration.Community is { } does ? CommunityParts.Of(does, new CommunitySurroundings(configuration.Folder, clock, Speed: 1, clock, log.Write)) : null;
        await using NodeServer server = new NodeAssembly(configuration, log.Write, clock).Build(community: community);
        await server.StartAsync();
        log.Write($"{(server.Host.Address is { } address ? $"The validator {address}" : "A follower")} of '{server.Host.Genesis.Name}' listens at {server.Url}.");
        if (configuration.Community?.GatewayKey is { } gateway)
        {
            using SigningKey key = KeyFile.Read(gateway);
            log.Write($"Its gateway is {key.Address}: meters are registered with this address, or their readings stay off the ledger.");
        }

        Task stopped = Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        bool hasFailed = await Task.WhenAny(server.Host.Failed, stopped) != stopped;
        log.Write(hasFailed ? "The node ends." : "The node was told to stop, and stops in good order.");
        return hasFailed ? ExitCode.CheckFailed : ExitCode.Done;
    }

    private static void KeepFiles(NodeConfiguration configuration, NodeLog log)
    {
        string[] folders = configuration.Community?.Database is DatabaseConfiguration.Sqlite tables ? [configuration.Folder, tables.Folder] : [configuration.Folder];
        foreach (string warning in folders.Distinct(StringComparer.Ordinal).Select(OwnersFiles.Keep).OfType<string>())
        {
            log.Write(warning);
        }
    }
}
