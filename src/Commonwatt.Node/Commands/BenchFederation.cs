using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Commonwatt.Benchmarks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Trial;
using Commonwatt.Ordering.RabbitMq;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench federation</c>: transactions made final by one validator and by four, in one process and over a broker.</summary>
internal static class BenchFederation
{
    private const int BrokerPort = 5900;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Option<bool> Broker = new("--broker") { Description = "Also over a broker of one node and of three, which are started for it on this machine" };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create()
    {
        Verb verb = new(
            "federation",
            "Make signed transactions final by one validator and by four together, beside checking their signatures.",
            "./commonwatt bench federation --broker")
        {
            Broker, Json,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        const int WarmUp = 5_000;
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        // The first run pays for the code's being compiled.
        _ = FederationBenchmark.Run(validators: 1, transactions: WarmUp);
        var results = new List<(string Order, FederationBenchmarkResult Result)>();
        foreach (int validators in (int[])[1, 4])
        {
            results.Add(("this process", FederationBenchmark.Run(validators)));
        }

        foreach (int nodes in parsed.GetValue(Broker) ? (int[])[1, 3] : [])
        {
            results.AddRange(await OverBrokerAsync(nodes, streams.Error, cancel));
        }

        Write(streams.Output, parsed.GetValue(Json), results);
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<(string, FederationBenchmarkResult)>> OverBrokerAsync(int nodes, TextWriter log, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("commonwatt-bench-broker-").FullName;
        var script = new BrokerScript(folder, log.WriteLine);
        try
        {
            await script.RunAsync("start", "--nodes", $"{nodes}", "--port", $"{BrokerPort}");
            cancel.ThrowIfCancellationRequested();
            return [.. ((int[])[1, 4]).Select(validators => (nodes == 1 ? "1 broker" : $"{nodes} brokers", Measure(validators, nodes, script.Accounts, log)))];
        }
        finally
        {
            // It deletes the folder as well.
            await script.RunAsync("erase");
        }
    }

    private static FederationBenchmarkResult Measure(int validators, int nodes, string accounts, TextWriter log)
    {
        var opened = new List<IDisposable>();
        try
        {
            return FederationBenchmark.Run(validators, ledgerId => Connect(ledgerId));
        }
        finally
        {
            opened.ForEach(one => one.Dispose());
        }

        FederationLinks Connect(Hash ledgerId)
        {
            var settings = new BrokerSettings
            {
                Endpoints = [.. Enumerable.Range(1, nodes).Select(number => BrokerEndpoint.TryParse($"127.0.0.1:{BrokerPort + number}")!)],
                User = "admin",
                PasswordFile = Path.Combine(accounts, "admin.password"),
                MayDeclare = true,
                Replicas = nodes,
            };
            var surroundings = new BrokerSurroundings(TimeProvider.System, new Random(), log.WriteLine);
            return new FederationLinks(
                _ => Keep(RabbitMqOrderer.Open(settings, ledgerId, order: 0, surroundings)),
                _ => validators > 1 ? Keep(RabbitMqVoteChannel.Open(settings, ledgerId, surroundings)) : null);
        }

        T Keep<T>(T one)
            where T : IDisposable
        {
            opened.Add(one);
            return one;
        }
    }

    private static void Write(TextWriter output, bool json, IReadOnlyList<(string Order, FederationBenchmarkResult Result)> results)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { Benchmark = "federation", Results = results.Select(one => new { one.Order, one.Result }) }, Format));
            return;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"  {"order in",-14}{"validators",10}{"transactions/s",16}{"P-256 limit/s",16}{"median",12}{"99th",12}"));
        foreach ((string order, FederationBenchmarkResult result) in results)
        {
            output.WriteLine(string.Create(
                culture,
                $"  {order,-14}{result.Validators,10:N0}{result.TransactionsPerSecond,16:N0}{result.VerificationsPerSecond,16:N0}{result.MedianMilliseconds,9:N1} ms{result.NinetyNinthMilliseconds,9:N1} ms"));
        }
    }
}
