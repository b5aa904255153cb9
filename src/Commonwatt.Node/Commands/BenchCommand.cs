using System.CommandLine;

namespace Commonwatt.Node.Commands;

/// <summary><c>bench WHAT</c>: measures this machine, each figure beside its physical limit in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        Verb verb = new("bench", "Measure this machine, each figure beside its physical limit.", "commonwatt bench clearing")
        {
            Bench("clearing", "Clear orders with every mechanism, beside sorting them."),
            Bench("ledger", "Append and verify blocks, beside hashing, signing and writing their bytes."),
            Bench("simulate", "Simulate a week of a neighbourhood, beside its clearing alone."),
        };
        return verb;
    }

    private static Verb Bench(string name, string description)
    {
        Option<bool> json = SharedOptions.Json();
        Verb verb = new(name, description, $"commonwatt bench {name} --json") { json };
        verb.SetAction(parsed => Measure(name, parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return verb;
    }

    // The one place where the benchmarks are called.
    private static int Measure(string name, bool json, TextWriter output) =>
        throw new InvalidDataException($"This build has no benchmark '{name}' yet.");
}
