using System.Data.Common;
using System.Security.Cryptography;
using Commonwatt.Contracts.Metering;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Telemetry;

namespace Commonwatt.Node.Readings;

/// <summary>Takes readings in: checks each against what is known of its meter, keeps it, and works out what was measured in the periods that it completes.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="ledger">The ledger, which knows the meters.</param>
/// <param name="gateway">The address of this node's gateway.</param>
/// <param name="clock">The community's clock.</param>
internal sealed class ReadingIntake(ReadingStore store, ICommunityLedger ledger, Address gateway, TimeProvider clock)
{
    private static readonly TimeSpan LargestClockError = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly LatestReadings latest = new(store);

    /// <summary>The newest reading of each meter.</summary>
    public LatestReadings Latest => latest;

    /// <summary>Told when periods are there to be reported.</summary>
    public Action OnMeasured { get; set; } = () => { };

    /// <summary>Takes readings in, all that can be true.</summary>
    /// <returns>For each reading why it is not taken, or null. Null instead of the list: the ledger is not open yet.</returns>
    public IReadOnlyList<ReadingRefusal?>? Take(IReadOnlyList<MeterReading> readings)
    {
        if (ledger.State is not { } state)
        {
            return null;
        }

        lock (gate)
        {
            var refusals = new ReadingRefusal?[readings.Count];
            using DbConnection connection = store.Open();
            using DbTransaction transaction = connection.BeginTransaction();
            var kept = new Batch(new PeriodGrid(ledger.Rules, state));
            foreach (IGrouping<Address, int> ofMeter in Enumerable.Range(0, readings.Count).GroupBy(index => readings[index].Meter))
            {
                TakeOfMeter(connection, transaction, state, ofMeter.Key, [.. ofMeter.OrderBy(index => readings[index].At)], readings, refusals, kept);
            }

            kept.Write(connection, transaction);
            transaction.Commit();
            latest.Note(kept.Contacts);
            int refused = refusals.Count(refusal => refusal is not null);
            NodeMetrics.CountReadings(readings.Count - refused, refused);
            if (kept.HasPeriods)
            {
                OnMeasured();
            }

            return refusals;
        }
    }

    /// <summary>Forgets a member's newest readings, after all of his were erased.</summary>
    public void Erase(long member)
    {
        lock (gate)
        {
            latest.Forget(store.Erase(member));
        }
    }

    private void TakeOfMeter(
        DbConnection connection,
        DbTransaction transaction,
        StateReader state,
        Address meter,
        int[] places,
        IReadOnlyList<MeterReading> readings,
        ReadingRefusal?[] refusals,
        Batch kept)
    {
        if (MeterFacts.Of(ledger.Rules, state, meter, gateway) is not { } facts)
        {
            foreach (int place in places)
            {
                refusals[place] = new ReadingRefusal("unknown-meter", $"{meter} is no meter of this community: the manager registers meters.");
            }

            return;
        }

        Instant newest = Instant.From(clock.GetUtcNow()) + LargestClockError;
        int[] inTime = Array.FindAll(places, place => readings[place].At <= newest);
        foreach (int place in places.Except(inTime))
        {
            refusals[place] = new ReadingRefusal("future", $"It is {newest - LargestClockError}: a reading of {readings[place].At} cannot be. Set the meter's clock.");
        }

        if (inTime.Length == 0)
        {
            return;
        }

        LatestReading? before = latest.Of(meter);
        Instant first = readings[inTime[0]].At;
        var timeline = new MeterTimeline(
            facts,
            before is null ? [] : first > before.Reading.At ? [before.Reading] : ReadingStore.Around(connection, transaction, meter, first, readings[inTime[^1]].At));
        foreach (int place in inTime)
        {
            refusals[place] = timeline.Add(readings[place]);
        }

        Keep(connection, transaction, facts, before, timeline, kept);
    }

    private static void Keep(DbConnection connection, DbTransaction transaction, MeterFacts facts, LatestReading? before, MeterTimeline timeline, Batch kept)
    {
        MeterReading[] added = [.. timeline.Added];
        if (added.Length == 0)
        {
            return;
        }

        kept.Readings.AddRange(added);
        kept.Contacts.Add(LatestReading.After(before, added, facts.Member));
        MeterReading[] boundaries = [.. timeline.Boundaries(kept.Grid)];
        if (boundaries.Length == 0)
        {
            return;
        }

        var known = ReadingStore.BoundariesOf(connection, transaction, added[0].Meter, boundaries[0].At - OneHour, boundaries[^1].At + OneHour).ToDictionary(one => one.At);
        foreach (MeterReading boundary in boundaries)
        {
            if (known.TryAdd(boundary.At, boundary))
            {
                kept.Boundaries.Add(boundary);
                kept.Measure(kept.Grid.EndingAt(boundary.At), known, facts);
                kept.Measure(kept.Grid.StartingAt(boundary.At), known, facts);
            }
        }
    }

    /// <summary>What one request leaves to be written.</summary>
    private sealed class Batch(PeriodGrid grid)
    {
        private readonly List<MeasuredPeriodRow> periods = [];

        public PeriodGrid Grid => grid;

        public List<MeterReading> Readings { get; } = [];

        public List<MeterReading> Boundaries { get; } = [];

        public List<LatestReading> Contacts { get; } = [];

        public bool HasPeriods => periods.Count > 0;

        public void Measure(DeliveryPeriod? period, Dictionary<Instant, MeterReading> boundaries, MeterFacts facts)
        {
            if (period is { } whole && boundaries.TryGetValue(whole.Start, out MeterReading? start) && boundaries.TryGetValue(whole.End, out MeterReading? end))
            {
                periods.Add(MeasuredPeriodRow.Of(whole, start, end, facts, RandomNumberGenerator.GetBytes(ReadingCommitment.SaltSize)));
            }
        }

        public void Write(DbConnection connection, DbTransaction transaction)
        {
            ReadingStore.Keep(connection, transaction, Readings);
            ReadingStore.KeepBoundaries(connection, transaction, Boundaries);
            ReadingStore.KeepPeriods(connection, transaction, periods);
            ReadingStore.KeepContacts(connection, transaction, Contacts.Select(contact => contact.ToRow()));
        }
    }
}
