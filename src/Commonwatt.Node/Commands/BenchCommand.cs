using System.CommandLine;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench WHAT</c>: measures this machine, each figure beside its physical limit in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create() => new Verb("bench", "Measure this machine, each figure beside its physical limit.", "./commonwatt bench clearing")
    {
        BenchCatchUp.Create(),
        Bench("clearing", "Clear a million orders by each mechanism, beside sorting their prices.", BenchClearing.Run),
        BenchCommunity.Create(),
        BenchFaults.Create(),
        BenchFederation.Create(),
        Bench("ledger", "Make signed transactions final and durable, beside checking their signatures.", BenchLedger.Run),
        Bench("light-client", "Follow a year of hourly headers by their certificates, beside checking the signatures alone.", BenchLightClient.Run),
        BenchProjection.Create(),
        Bench("simulate", "Simulate neighbourhoods of 10 to 1,000 members, beside writing and hashing their ledgers.", BenchSimulate.Run),
    };

    private static Verb Bench(string name, string description, Action<TextWriter, bool> measure)
    {
        Option<bool> json = SharedOptions.Json();
        Verb verb = new(name, description, $"./commonwatt bench {name} --json") { json };
        verb.SetAction(parsed => measure(parsed.InvocationConfiguration.Output, parsed.GetValue(json)));
        return verb;
    }
}
