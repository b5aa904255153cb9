using System.CommandLine;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Terminal;
using Commonwatt.Node.Trial;

namespace Commonwatt.Node.Commands;

/// <summary><c>cluster</c>: runs a whole federation on one machine, for trial.</summary>
internal static class ClusterCommand
{
    private const int MostNodes = 50;
    private const int MostWithBroker = 4;

    private static readonly Option<long?> Validators = Number("--validators", "How many validators [default: 4]");

    private static readonly Option<long?> Followers = Number("--followers", "How many nodes beside them that only follow [default: 0]");

    private static readonly Option<string?> Folder = new("--folder") { Description = "The folder for keys and ledgers [default: out/trial]", HelpName = "DIR" };

    private static readonly Option<long?> Port = Number("--port", "The nodes listen at the ports after this one [default: 7100]");

    private static readonly Option<bool> Broker = new("--broker") { Description = "Start a RabbitMQ cluster and a process for each node, not all in this process" };

    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Delete an earlier trial in the folder, and begin anew" };

    public static Command Create()
    {
        Verb verb = new(
            "cluster",
            "Run a federation of validators on this machine, for trial, until Ctrl-C.",
            "./commonwatt cluster --validators 4",
            "./commonwatt cluster --validators 4 --broker --folder out/trial-broker")
        {
            Validators, Followers, Folder, Port, Broker, Fresh,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string path = parsed.GetValue(Folder) ?? Path.Combine("out", parsed.GetValue(Broker) ? "trial-broker" : "trial");
        int most = parsed.GetValue(Broker) ? MostWithBroker : MostNodes;
        int validators = Within(parsed.GetValue(Validators) ?? 4, "--validators", 1, most);
        int followers = Within(parsed.GetValue(Followers) ?? 0, "--followers", 0, MostNodes);
        int port = Within(parsed.GetValue(Port) ?? 7100, "--port", 1024, 65000);
        if (parsed.GetValue(Fresh))
        {
            TrialFolder.Erase(path);
        }

        var folder = TrialFolder.Open(path, validators, followers, TimeProvider.System);
        TextWriter output = parsed.InvocationConfiguration.Output;
        await using IAsyncDisposable federation = parsed.GetValue(Broker)
            ? await BrokerFederation.StartAsync(folder, port, output, cancel)
            : await LocalFederation.StartAsync(folder, port, name => new NodeLog(output, TimeProvider.System, name), TimeProvider.System);
        string founded = await new TrialFounding(folder, new Uri(new TrialConfiguration(folder, port).UrlOf(0))).RunAsync(cancel);
        Describe(output, folder, port, path, founded);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        output.WriteLine("Stopping ...");
        return ExitCode.Done;
    }

    private static void Describe(TextWriter output, TrialFolder folder, int port, string path, string founded)
    {
        var configuration = new TrialConfiguration(folder, port);
        Facts facts = new Facts().Add("ledger", $"{folder.Genesis.Name} ({folder.Genesis.Id})");
        for (int index = 0; index < folder.Nodes.Count; index++)
        {
            facts.Add(folder.Nodes[index], $"{configuration.UrlOf(index)}/status");
        }

        (string KeyFile, Address Address)[] members = [.. folder.Members()];
        output.WriteLine();
        facts.Write(output);
        output.WriteLine($"""

            {founded} A first transaction of your own:
              ./commonwatt transfer --node {configuration.UrlOf(0)} --key {Path.GetRelativePath(".", members[0].KeyFile)} --to {members[1].Address} --amount 1.50
            Check a validator's ledger, also while it runs:
              ./commonwatt verify {Path.Combine(path, folder.Nodes[0], "community.ledger")}
            Ctrl-C stops all; the same command goes on.

            """);
    }

    private static int Within(long value, string option, int least, int most) => value >= least && value <= most
        ? (int)value
        : throw new InvalidDataException($"{option}: {value} is not from {least} to {most}.");

    private static Option<long?> Number(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = WholeNumber.Parse };
}
