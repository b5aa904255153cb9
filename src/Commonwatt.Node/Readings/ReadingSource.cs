using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Commonwatt.Node.Community;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Readings;

/// <summary>What members' devices measured, as the pages show it.</summary>
/// <param name="store">The readings.</param>
/// <param name="latest">The newest of each meter.</param>
/// <param name="ledger">The ledger, which knows whose a meter is.</param>
/// <param name="gateway">The address of the gateway that reports them.</param>
internal sealed class ReadingSource(ReadingStore store, LatestReadings latest, ICommunityLedger ledger, Address? gateway = null) : IReadingSource
{
    private const long MillisecondsPerHour = 3_600_000;

    /// <inheritdoc/>
    public string? Gateway => gateway?.ToString();

    /// <inheritdoc/>
    public LivePower? LatestOf(long member)
    {
        if (MeterOf(member) is not { } meter || latest.Of(meter) is not { } newest || newest.Member != member)
        {
            return null;
        }

        MeterReading reading = newest.Reading;
        (long import, long export) = reading.PowerW is { } power ? (long.Max(0, power), long.Max(0, -power)) : Mean(newest.Previous, reading);
        return new LivePower(
            reading.At,
            new Power(import),
            new Power(export),
            Sum(reading, "pv") is { } pv ? new Power(long.Abs(pv)) : null,
            Sum(reading, "battery") is { } battery ? new Power(battery) : null,
            Sum(reading, "ev") is { } ev ? new Power(ev) : null,
            Sum(reading, "load") is { } load ? new Power(load) : null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<EnergySlice> SeriesOf(long member, Instant from, Instant to, TimeSpan length)
    {
        long step = (long)length.TotalMilliseconds;
        var slices = new List<EnergySlice>();
        foreach (PeriodRow row in store.PeriodsOf(member, from, to))
        {
            var start = new Instant(row.Delivery - (row.Delivery % step));
            var slice = new EnergySlice(
                start, new Energy(row.Import), new Energy(row.Export), Known(row.Consumption), Known(row.Pv), Known(row.Charge), Known(row.Discharge));
            if (slices is [.., var last] && last.Start == start)
            {
                slices[^1] = Together(last, slice);
            }
            else
            {
                slices.Add(slice);
            }
        }

        return slices;
    }

    /// <inheritdoc/>
    public IReadOnlyList<MeterState> StateOfMeters()
    {
        if (ledger.State is not { } state)
        {
            return [];
        }

        var heard = latest.All().ToDictionary(contact => new Address(contact.Meter));
        var meters = new List<MeterState>();
        foreach ((MemberNumber number, _) in ledger.Rules.Registry.Members(state))
        {
            if (ledger.Rules.Registry.MeterOf(state, number.Id) is { } meter)
            {
                ContactRow? contact = heard.GetValueOrDefault(meter);
                meters.Add(new MeterState(
                    meter.ToString(),
                    number.Id.Value,
                    contact is null ? null : new Instant(contact.LastAt),
                    contact?.IntervalMs is { } interval ? TimeSpan.FromMilliseconds(interval) : null));
            }
        }

        return meters;
    }

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

    private static Energy? Known(long? wattHours) => wattHours is { } known ? new Energy(known) : null;

    // What is not known of a part is not known of the whole.
    private static EnergySlice Together(EnergySlice one, EnergySlice other) => new(
        one.Start,
        one.Import + other.Import,
        one.Export + other.Export,
        one.Consumption + other.Consumption,
        one.Pv + other.Pv,
        one.Charged + other.Charged,
        one.Discharged + other.Discharged);
}
