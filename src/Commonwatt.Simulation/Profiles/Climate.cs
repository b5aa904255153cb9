using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>A rough climate by latitude alone, for places that no measurements are given for; fitted to Lisbon, London, Los Angeles and Sydney.</summary>
/// <param name="place">The place.</param>
public sealed class Climate(Location place)
{
    private readonly double latitude = Math.Abs(place.Latitude);

    /// <summary>How much it is winter on a day of the year: 1 in the middle of January (north) or July (south), -1 half a year later.</summary>
    public double Winter(double dayOfYear) => Math.Cos(2 * Math.PI * (dayOfYear - 15) / 365) * (place.Latitude < 0 ? -1 : 1);

    /// <summary>The mean share of the clear sky's irradiance that reaches the ground.</summary>
    /// <param name="dayOfYear">1 to 366.</param>
    public double MeanClearness(double dayOfYear)
    {
        double mean = latitude < 25 ? 0.64 + (0.18 * latitude / 25) : 0.82 - (0.0165 * Math.Max(0, latitude - 37));
        double season = latitude < 25 ? 0 : 0.07 * Winter(dayOfYear);
        return Math.Clamp(mean - season, 0.3, 0.95);
    }

    /// <summary>The air's temperature in °C.</summary>
    /// <param name="dayOfYear">1 to 366.</param>
    /// <param name="solarHour">The hour by the sun, 0 to 24; the afternoon is warmest.</param>
    public double Temperature(double dayOfYear, double solarHour)
    {
        double mean = 27 - (0.37 * Math.Max(0, latitude - 10));
        return mean - (0.15 * latitude * Winter(dayOfYear - 15)) + (4 * Math.Cos(2 * Math.PI * (solarHour - 15) / 24));
    }
}
