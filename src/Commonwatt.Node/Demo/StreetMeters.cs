using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Readings;

namespace Commonwatt.Node.Demo;

/// <summary>Reads the counters of all homes on the street, moment by moment.</summary>
/// <param name="life">What the homes do.</param>
/// <param name="meterOf">The address of a home's meter.</param>
internal sealed class StreetMeters(StreetLife life, Func<string, Address> meterOf)
{
    private readonly Address[] meters = [.. life.Homes.Select(home => meterOf(home.Id))];
    private readonly HomeCounters[] counters = new HomeCounters[life.Homes.Count];
    private StreetStretch? at;
    private int counted;

    /// <summary>What all meters show at the end of a step.</summary>
    /// <param name="moment">A whole multiple of <see cref="StreetStretch.Step"/>; quickest where it is not before the last one asked for.</param>
    public IReadOnlyList<MeterReading> Read(Instant moment)
    {
        // A step's power is known at its end, which for the last one of a stretch is the start of the next.
        (StreetStretch stretch, int last) = moment > life.Start ? life.At(moment - StreetStretch.Step) : (life.At(moment).Stretch, -1);
        CountUpTo(stretch, last + 1);
        return [.. Enumerable.Range(0, meters.Length).Select(home => Of(home, moment, stretch.Homes[home], last))];
    }

    private void CountUpTo(StreetStretch stretch, int step)
    {
        if (at != stretch || step < counted)
        {
            at = stretch;
            counted = 0;
            for (int home = 0; home < counters.Length; home++)
            {
                counters[home] = stretch.Start[home].Counters;
            }
        }

        for (int home = 0; home < counters.Length; home++)
        {
            counters[home] = stretch.Homes[home].Count(counters[home], counted, step);
        }

        counted = step;
    }

    private MeterReading Of(int index, Instant moment, HomeEnergy energy, int step)
    {
        DemoHome home = life.Homes[index];
        HomeCounters now = counters[index];

        // Before the first step nothing has happened yet.
        HomePower power = step < 0 ? default : energy.PowerIn(step);
        var devices = new List<DeviceReading> { new("load", "load", power.Load, 0, now.Load) };
        if (home.Rules.Pv is not null)
        {
            devices.Add(new DeviceReading("pv", "pv", -power.Generation, now.Produced, 0));
        }

        if (home.Rules.Battery is not null)
        {
            devices.Add(new DeviceReading("battery", "battery", -power.Battery, now.Discharged, now.Charged));
        }

        if (home.Car is not null)
        {
            devices.Add(new DeviceReading("ev", "ev", power.Car, 0, now.Car));
        }

        return new MeterReading(meters[index], moment, now.Import, now.Export, power.Net, devices);
    }
}
