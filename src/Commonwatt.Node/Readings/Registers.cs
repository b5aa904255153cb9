namespace Commonwatt.Node.Readings;

/// <summary>What registers say between readings, and of the time between them.</summary>
internal static class Registers
{
    /// <summary>What the registers showed at a moment between two readings, on a straight line and in whole Wh.</summary>
    /// <param name="before">The reading before.</param>
    /// <param name="after">The reading after.</param>
    /// <param name="at">The moment.</param>
    public static MeterReading At(MeterReading before, MeterReading after, Instant at)
    {
        long part = (at - before.At).Ticks;
        long whole = (after.At - before.At).Ticks;
        var devices = new List<DeviceReading>();
        foreach (DeviceReading device in before.Devices)
        {
            if (after.Devices.FirstOrDefault(other => IsSame(device, other)) is { } later)
            {
                devices.Add(device with
                {
                    PowerW = 0,
                    ProducedWh = Between(device.ProducedWh, later.ProducedWh),
                    ConsumedWh = Between(device.ConsumedWh, later.ConsumedWh),
                });
            }
        }

        return new MeterReading(
            before.Meter, at, Between(before.ImportWh, after.ImportWh)!.Value, Between(before.ExportWh, after.ExportWh)!.Value, PowerW: null, devices);

        long? Between(long? from, long? to) => from + (long?)((Int128)(to - from ?? 0) * part / whole);
    }

    /// <summary>What went through meter and devices between two readings.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">The later one.</param>
    /// <param name="hasGeneration">Whether something may stand behind the meter that no device speaks of.</param>
    public static PeriodEnergy Energy(MeterReading start, MeterReading end, bool hasGeneration)
    {
        long import = end.ImportWh - start.ImportWh;
        long export = end.ExportWh - start.ExportWh;
        long? pv = Sum(start, end, "pv", device => device.ProducedWh);
        long? charge = Sum(start, end, "battery", device => device.ConsumedWh);
        long? discharge = Sum(start, end, "battery", device => device.ProducedWh);
        long? load = Sum(start, end, "load", device => device.ConsumedWh);
        bool isWhole = end.Devices.Count > 0 || !hasGeneration;
        long? consumption = load is not null
            ? load + (Sum(start, end, "ev", device => device.ConsumedWh) ?? 0)
            : isWhole && IsMeasured(pv, end, "pv") && IsMeasured(charge, end, "battery") && IsMeasured(discharge, end, "battery")
                ? long.Max(0, import - export + (pv ?? 0) + (discharge ?? 0) - (charge ?? 0))
                : null;
        return new PeriodEnergy(import, export, consumption, pv, charge, discharge);
    }

    private static bool IsMeasured(long? energy, MeterReading reading, string kind) => energy is not null || reading.Devices.All(device => device.Kind != kind);

    // Nothing where one of the kind has no register, was not there all the time, or went back, as after an exchange.
    private static long? Sum(MeterReading start, MeterReading end, string kind, Func<DeviceReading, long?> register)
    {
        long? sum = null;
        foreach (DeviceReading device in end.Devices.Where(device => device.Kind == kind))
        {
            if (start.Devices.FirstOrDefault(other => IsSame(device, other)) is not { } before || register(device) - register(before) is not (>= 0 and { } more))
            {
                return null;
            }

            sum = (sum ?? 0) + more;
        }

        return sum;
    }

    private static bool IsSame(DeviceReading one, DeviceReading other) => one.Name == other.Name && one.Kind == other.Kind;
}

/// <summary>Energies of a period, in Wh; null where nothing measures them.</summary>
/// <param name="Import">Taken from the grid.</param>
/// <param name="Export">Given to it.</param>
/// <param name="Consumption">What the home used, cars included.</param>
/// <param name="Pv">What PV made.</param>
/// <param name="Charge">What went into batteries.</param>
/// <param name="Discharge">What came out of them.</param>
internal readonly record struct PeriodEnergy(long Import, long Export, long? Consumption, long? Pv, long? Charge, long? Discharge);
