namespace Commonwatt.Node.Readings;

/// <summary>A meter's readings over a stretch of time, into which new ones are put if they can be true.</summary>
/// <param name="facts">What the ledger says of the meter.</param>
/// <param name="known">Readings that are kept already: those of the stretch, and the nearest before and after it.</param>
internal sealed class MeterTimeline(MeterFacts facts, IEnumerable<MeterReading> known)
{
    /// <summary>How far two readings may be apart for what was between them to be taken as a straight line.</summary>
    public static readonly TimeSpan LargestGap = TimeSpan.FromMinutes(15);

    private const int MillisecondsPerHour = 3_600_000;

    // Registers are rounded, and a meter's clock is not quite right.
    private const long Tolerance = 100;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMinutes(5);

    private readonly SortedList<Instant, MeterReading> readings = new(known.ToDictionary(reading => reading.At));
    private readonly HashSet<Instant> added = [];

    /// <summary>The readings that were put in, by time.</summary>
    public IEnumerable<MeterReading> Added => readings.Values.Where(reading => added.Contains(reading.At));

    /// <summary>Puts a reading in.</summary>
    /// <returns>Why it cannot be, or null. One that is there already is put in no second time.</returns>
    public ReadingRefusal? Add(MeterReading reading)
    {
        if (readings.TryGetValue(reading.At, out MeterReading? same))
        {
            return same.SaysTheSame(reading)
                ? null
                : new ReadingRefusal("other-value", $"The meter {reading.Meter} has told something else for {reading.At} already: what was told first stays.");
        }

        int place = PlaceOf(reading.At);
        if ((place > 0 ? CheckPair(readings.Values[place - 1], reading, reading) : null) is { } before)
        {
            return before;
        }

        if ((place < readings.Count ? CheckPair(reading, readings.Values[place], reading) : null) is { } after)
        {
            return after;
        }

        readings.Add(reading.At, reading);
        added.Add(reading.At);
        return null;
    }

    /// <summary>What the registers showed at boundaries of periods, as far as the readings that were put in say so.</summary>
    public IEnumerable<MeterReading> Boundaries(PeriodGrid grid)
    {
        for (int place = 0; place < readings.Count; place++)
        {
            MeterReading reading = readings.Values[place];
            bool isNew = added.Contains(reading.At);
            if (isNew && grid.IsBoundary(reading.At))
            {
                yield return reading;
            }

            if (place + 1 < readings.Count && (isNew || added.Contains(readings.Keys[place + 1])))
            {
                foreach (MeterReading between in Between(reading, readings.Values[place + 1], grid))
                {
                    yield return between;
                }
            }
        }
    }

    private static IEnumerable<MeterReading> Between(MeterReading before, MeterReading after, PeriodGrid grid)
    {
        if (after.At - before.At > LargestGap)
        {
            yield break;
        }

        for (Instant at = DeliveryPeriod.Containing(before.At, ShortestPeriod).End; at < after.At; at += ShortestPeriod)
        {
            if (grid.IsBoundary(at))
            {
                yield return Registers.At(before, after, at);
            }
        }
    }

    private int PlaceOf(Instant at)
    {
        int place = readings.Count;
        while (place > 0 && readings.Keys[place - 1] > at)
        {
            place--;
        }

        return place;
    }

    private ReadingRefusal? CheckPair(MeterReading before, MeterReading after, MeterReading told)
    {
        if (after.ImportWh < before.ImportWh || after.ExportWh < before.ExportWh)
        {
            return new ReadingRefusal(
                "register-went-back",
                $"Registers only grow: {after.ImportWh} and {after.ExportWh} Wh at {after.At} are below {before.ImportWh} and {before.ExportWh} Wh at {before.At}. A new meter is registered under an address of its own.");
        }

        Int128 most = ((Int128)facts.Connection.Watts * (long)(after.At - before.At).TotalMilliseconds * 11 / 10 / MillisecondsPerHour) + Tolerance;
        return after.ImportWh - before.ImportWh <= most && after.ExportWh - before.ExportWh <= most
            ? null
            : new ReadingRefusal(
                "impossible-jump",
                $"A connection of {facts.Connection} carries at most {most} Wh between {before.At} and {after.At}: the registers of {told.Meter} grew by {after.ImportWh - before.ImportWh} and {after.ExportWh - before.ExportWh} Wh.");
    }
}
