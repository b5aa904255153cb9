using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Commonwatt.Node.Demo;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Terminal;

namespace Commonwatt.Node.Commands;

/// <summary><c>demo</c>: shows a made-up neighbourhood that lives while you look on.</summary>
internal static class DemoCommand
{
    private const int MostHomes = 500;
    private const int Fastest = 3600;

    private static readonly Option<long?> Port = Number("--port", "The port on this machine that the pages are at [default: 5080]");

    private static readonly Option<long?> Homes = Number("--homes", "How many homes the street has, 2 to 500 [default: 24]");

    private static readonly Option<long?> Speed = Number("--speed", "How many seconds pass there in one of ours, 1 to 3600 [default: 300, so that an hour takes 12 seconds]");

    private static readonly Option<long?> Seed = Number("--seed", "What everything is made up from [default: 1]");

    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Delete an earlier demo in the folder, and begin anew" };

    private static readonly Option<string?> Folder = new("--folder") { Description = "The folder for its ledger and tables [default: out/demo]", HelpName = "DIR" };

    public static Command Create()
    {
        Verb verb = new(
            "demo",
            "Show a made-up neighbourhood that trades its energy, in your browser, until Ctrl-C.",
            "./commonwatt demo",
            "./commonwatt demo --homes 40 --speed 600 --folder out/larger-demo")
        {
            Port, Homes, Speed, Seed, Fresh, Folder,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        var settings = new DemoSettings
        {
            Folder = parsed.GetValue(Folder) ?? Path.Combine("out", "demo"),
            Port = (int)Within(parsed.GetValue(Port) ?? 5080, "--port", 0, 65535),
            Homes = (int)Within(parsed.GetValue(Homes) ?? 24, "--homes", 2, MostHomes),
            Speed = (int)Within(parsed.GetValue(Speed) ?? 300, "--speed", 1, Fastest),
            Seed = (ulong)Within(parsed.GetValue(Seed) ?? 1, "--seed", 0, long.MaxValue),
        };
        ListeningPort.Require(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{settings.Port}"), $"{Port.Name} N.");
        if (parsed.GetValue(Fresh))
        {
            DemoFolder.Erase(settings.Folder);
        }

        InvocationConfiguration streams = parsed.InvocationConfiguration;
        var log = new NodeLog(streams.Error, TimeProvider.System);
        if (!DemoFolder.HasHistoryIn(settings.Folder))
        {
            streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Making {DemoHistory.Days} days of history for {settings.Homes} homes, each order and reading a signed transaction. That is done once ..."));
        }

        DemoNode node = await ProgressBar.WithLines(
            streams.Error, "Living through the last weeks", TimeProvider.System, progress => DemoNode.StartAsync(settings, TimeProvider.System, progress, log.Write, cancel));
        await using (node)
        {
            Describe(streams.Output, node, settings, Stopwatch.GetElapsedTime(began));
            Task stopped = Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            bool hasFailed = await Task.WhenAny(node.Host.Failed, stopped) != stopped;
            streams.Output.WriteLine(hasFailed ? "The demo ends." : "Stopping ... The same command goes on from here.");
            return hasFailed ? ExitCode.CheckFailed : ExitCode.Done;
        }
    }

    private static void Describe(TextWriter output, DemoNode node, DemoSettings settings, TimeSpan took)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"""

            {DemoStreet.Name}: {settings.Homes} homes, open after {took.TotalSeconds:0.0} s

              {node.Url}

            {(node.HasPages ? "Open it in your browser. Choose one of the demo's people on the first page: Sofia has panels and a battery, Tiago a flat,\nMarta runs the community, and Rui watches over the grid. The ledger is open to everybody." : "The API is there; the pages are not built (see above).")}
            It is {node.Clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC there, and an hour takes {3600.0 / settings.Speed:0.#} s. Everything is kept in {settings.Folder}:
            the same command goes on from where it stopped, and --fresh begins anew. Ctrl-C stops it.

            """));
        output.Flush();
    }

    private static long Within(long value, string option, long least, long most) => value >= least && value <= most
        ? value
        : throw new InvalidDataException($"{option}: {value} is not from {least} to {most}.");

    private static Option<long?> Number(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = WholeNumber.Parse };
}
