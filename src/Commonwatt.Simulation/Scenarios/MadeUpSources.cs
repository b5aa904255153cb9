using System.Collections.Concurrent;
using Commonwatt.Agents;
using Commonwatt.Simulation.Profiles;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Makes up load and generation; what members share (the sky, the calendar) is worked out once.</summary>
internal sealed class MadeUpSources(Location place, ulong seed, PeriodGrid grid)
{
    private readonly ConcurrentDictionary<TiltedPlane, Lazy<PhotovoltaicProfile>> profiles = [];
    private readonly Lazy<LocalCalendar> calendar = new(() => new LocalCalendar(grid));

    /// <summary>A home's consumption.</summary>
    public double[] Consumption(LoadSource.Household home, string member) =>
        HouseholdProfile.Consumption(home, place, calendar.Value, SeededRandom.Mix(SeededRandom.Mix(seed, "load"), member));

    /// <summary>A system's generation.</summary>
    public double[] Generation(GenerationSource.Photovoltaic system, string member)
    {
        TiltedPlane usual = TiltedPlane.UsualAt(place);
        var plane = new TiltedPlane(system.Tilt ?? usual.Tilt, system.Azimuth ?? usual.Azimuth);
        var profile = profiles.GetOrAdd(plane, key => new Lazy<PhotovoltaicProfile>(() => PhotovoltaicProfile.Of(place, key, seed, grid)));
        return profile.Value.Generation(system.Peak, SeededRandom.Mix(SeededRandom.Mix(seed, "pv"), member));
    }
}
