using System.Diagnostics;
using System.Diagnostics.Metrics;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Telemetry;

/// <summary>What a node counts and measures, and where it writes down the way of requests and transactions. Whoever listens gets it; where nobody does, it costs next to nothing.</summary>
internal static class NodeMetrics
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "Commonwatt";

    /// <summary>The way of a transaction from its arrival to its certified answer.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Blocks = Meter.CreateCounter<long>("commonwatt.blocks", "{block}", "Blocks that became final here");

    private static readonly Counter<long> Transactions = Meter.CreateCounter<long>("commonwatt.transactions", "{transaction}", "Transactions in final blocks, by whether they were done or refused");

    private static readonly Histogram<double> Finality = Meter.CreateHistogram<double>("commonwatt.time_to_final", "s", "From a transaction's arrival here to its certified answer");

    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>("commonwatt.sign_ins", "{sign-in}", "Attempts to sign in");

    /// <summary>Pages that listen to what happens: add 1 for each that comes, and -1 for each that goes.</summary>
    public static readonly UpDownCounter<long> LiveListeners = Meter.CreateUpDownCounter<long>("commonwatt.live_listeners", "{listener}", "Pages that listen to what happens");

    private static readonly Counter<long> Readings = Meter.CreateCounter<long>("commonwatt.readings", "{reading}", "Readings of meters that came in");

    private static readonly KeyValuePair<string, object?> Done = new("outcome", "done");
    private static readonly KeyValuePair<string, object?> Refused = new("outcome", "refused");

    /// <summary>Counts a final block.</summary>
    public static void Count(FinalBlock block)
    {
        Blocks.Add(1);
        if (!Transactions.Enabled)
        {
            return;
        }

        long refused = block.Executed.Receipts.Skip(block.Executed.ScheduledCount).Count(receipt => !receipt.Outcome.IsDone);
        Transactions.Add(block.Transactions.Count - refused, Done);
        Transactions.Add(refused, Refused);
    }

    /// <summary>Measures how long a transaction took to its certified answer.</summary>
    public static void CountFinal(TimeSpan elapsed) => Finality.Record(elapsed.TotalSeconds);

    /// <summary>Counts readings that came in.</summary>
    /// <param name="taken">How many were taken.</param>
    /// <param name="refused">How many were not.</param>
    public static void CountReadings(long taken, long refused)
    {
        Readings.Add(taken, Done);
        Readings.Add(refused, Refused);
    }

    /// <summary>Counts a sign-in, or an attempt that failed.</summary>
    /// <param name="way">How: <c>passkey</c>, <c>password</c> or <c>demo</c>.</param>
    /// <param name="isDone">Whether it succeeded.</param>
    public static void CountSignIn(string way, bool isDone) => SignIns.Add(1, new("way", way), isDone ? Done : Refused);

    /// <summary>Lets a value be looked at from time to time, such as how far a projection is behind.</summary>
    /// <param name="name">Its name, such as <c>commonwatt.projection_lag</c>.</param>
    /// <param name="unit">Its unit, such as <c>{block}</c>.</param>
    /// <param name="description">What it is.</param>
    /// <param name="look">Gives the value; called from any thread.</param>
    /// <returns>Ends the looking.</returns>
    public static IDisposable Observe(string name, string unit, string description, Func<long> look)
    {
        var own = new Meter(Name);
        own.CreateObservableGauge(name, look, unit, description);
        return own;
    }
}
