using System.Text;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>How long the ledger stood still after each harm, and how long what was harmed took to be back.</summary>
internal sealed class RecoveryTable
{
    private readonly List<string> rows = [];
    private readonly string before = MachineLoad();

    /// <summary>Adds a row.</summary>
    /// <param name="harm">What was done.</param>
    /// <param name="gap">The longest time without a certified transaction from then on, until it was back.</param>
    /// <param name="back">From its start until it was back, or null where nothing had to start.</param>
    public void Add(string harm, TimeSpan gap, TimeSpan? back)
    {
        rows.Add($"| {harm} | {gap.TotalSeconds:0.0} s | {(back is { } time ? $"{time.TotalSeconds:0.0} s" : "")} |");
        TestContext.Current.SendDiagnosticMessage(rows[^1]);
    }

    /// <summary>The table in Markdown, with what else the machine did.</summary>
    public string ToText(Load load, TimeSpan all) => new StringBuilder()
        .AppendLine($"{Environment.ProcessorCount} cores; load average {before} at the start, {MachineLoad()} at the end. {load.Sent.Count:#,0} transactions in {all.TotalSeconds:0} s, {load.Certified:#,0} of them done.")
        .AppendLine()
        .AppendLine("| what | longest time without a certified transaction | back after its start |")
        .AppendLine("|---|---|---|")
        .AppendJoin('\n', rows)
        .AppendLine()
        .ToString();

    private static string MachineLoad() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
