using System.CommandLine;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench WHAT</c>: measures this machine, each figure beside its physical limit in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create() => new Verb("bench", "Measure this machine, each figure beside its physical limit.", "./commonwatt bench clearing")
    {
        Bench("clearing", "Clear a million orders by each mechanism, beside sorting their prices.", BenchClearing.Run),
        Bench("ledger", "Append and verify blocks, beside hashing, signing and writing their bytes.", (_, _) => NotYet("ledger")),
        Bench("simulate", "Simulate a week of a neighbourhood, beside its clearing alone.", (_, _) => NotYet("simulate")),
    };

    private static Verb Bench(string name, string description, Action<TextWriter, bool> measure)
    {
        Option<bool> json = SharedOptions.Json();
        Verb verb = new(name, description, $"./commonwatt bench {name} --json") { json };
        verb.SetAction(parsed => measure(parsed.InvocationConfiguration.Output, parsed.GetValue(json)));
        return verb;
    }

    private static void NotYet(string name) => throw new InvalidDataException($"This build has no benchmark '{name}' yet.");
}
