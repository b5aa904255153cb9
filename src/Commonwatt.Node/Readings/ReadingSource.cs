using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Commonwatt.Node.Community;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Readings;

/// <summary>What members' devices measured, as the pages show it.</summary>
/// <param name="store">The readings.</param>
/// <param name="latest">The newest of each meter.</param>
/// <param name="ledger">The ledger, which knows whose a meter is.</param>
internal sealed class ReadingSource(ReadingStore store, LatestReadings latest, ICommunityLedger ledger) : IReadingSource
{
    private const long MillisecondsPerHour = 3_600_000;

    /// <inheritdoc/>
    public PowerNow? LatestOf(long member)
    {
        if (MeterOf(member) is not { } meter || latest.Of(meter) is not { } newest || newest.Member != member)
        {
            return null;
        }

        MeterReading reading = newest.Reading;
        (long import, long export) = reading.PowerW is { } power ? (long.Max(0, power), long.Max(0, -power)) : Mean(newest.Previous, reading);
        return new PowerNow(
            reading.At,
            new Power(import),
            new Power(export),
            Sum(reading, "pv") is { } pv ? new Power(long.Abs(pv)) : null,
            Sum(reading, "battery") is { } battery ? new Power(battery) : null,
            Sum(reading, "ev") is { } ev ? new Power(ev) : null,
            Sum(reading, "load") is { } load ? new Power(load) : null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<MeasuredPeriod> SeriesOf(long member, Instant from, Instant to, TimeSpan resolution)
    {
        var periods = new List<MeasuredPeriod>();
        foreach (PeriodRow row in store.PeriodsOf(member, from, to))
        {
            long step = (long)resolution.TotalMilliseconds;
            var start = new Instant(row.Delivery - (row.Delivery % step));
            MeasuredPeriod measured = new(start, Energy(row.Consumption), Energy(row.Pv), Energy(row.Charge), Energy(row.Discharge));
            if (periods is [.., var last] && last.Start == start)
            {
                periods[^1] = Together(last, measured);
            }
            else
            {
                periods.Add(measured);
            }
        }

        return periods;
    }

    /// <inheritdoc/>
    public IReadOnlyList<MeterContact> StateOfMeters() =>
    [
        .. latest.All().Select(contact => new MeterContact(
            new Address(contact.Meter),
            new Instant(contact.LastAt),
            contact.IntervalMs is { } interval ? TimeSpan.FromMilliseconds(interval) : null)),
    ];

    /// <summary>A member's meter, or null.</summary>
    public Address? MeterOf(long member) => ledger.State is { } state ? ledger.Rules.Registry.MeterOf(state, new MemberId(member)) : null;

    // A meter that tells no power: what its registers grew by.
    private static (long Import, long Export) Mean(MeterReading? before, MeterReading reading)
    {
        long milliseconds = before is null ? 0 : (long)(reading.At - before.At).TotalMilliseconds;
        return milliseconds <= 0
            ? (0, 0)
            : ((reading.ImportWh - before!.ImportWh) * MillisecondsPerHour / milliseconds, (reading.ExportWh - before.ExportWh) * MillisecondsPerHour / milliseconds);
    }

    private static long? Sum(MeterReading reading, string kind)
    {
        DeviceReading[] ofKind = [.. reading.Devices.Where(device => device.Kind == kind)];
        return ofKind.Length == 0 ? null : ofKind.Sum(device => device.PowerW);
    }

    private static Energy? Energy(long? wattHours) => wattHours is { } known ? new Energy(known) : null;

    // What is not known of a part is not known of the whole.
    private static MeasuredPeriod Together(MeasuredPeriod one, MeasuredPeriod other) => new(
        one.Start, one.Consumption + other.Consumption, one.Pv + other.Pv, one.BatteryCharge + other.BatteryCharge, one.BatteryDischarge + other.BatteryDischarge);
}
