using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>
/// Where the sun stands, as a unit vector, and how strong it is above the air. Declination, equation of time and distance after
/// Spencer (1971), "Fourier series representation of the position of the sun", in the form that NOAA's "General solar position calculations" has.
/// </summary>
/// <param name="East">Toward the east.</param>
/// <param name="North">Toward the north.</param>
/// <param name="Up">Upward: the cosine of the zenith angle; below zero at night.</param>
/// <param name="Extraterrestrial">The irradiance on a plane facing the sun above the air, W/m².</param>
public readonly record struct SolarPosition(double East, double North, double Up, double Extraterrestrial)
{
    private const double SolarConstant = 1361;

    /// <summary>The sun at a moment, seen from a place.</summary>
    public static SolarPosition At(Instant moment, Location place)
    {
        DateTimeOffset utc = moment.ToDateTimeOffset();
        double hours = utc.TimeOfDay.TotalHours;
        double year = 2 * Math.PI / 365 * (utc.DayOfYear - 1 + ((hours - 12) / 24));
        (double sin1, double cos1) = Math.SinCos(year);
        (double sin2, double cos2) = Math.SinCos(2 * year);
        (double sin3, double cos3) = Math.SinCos(3 * year);
        double equationOfTime = 229.18 * (0.000075 + (0.001868 * cos1) - (0.032077 * sin1) - (0.014615 * cos2) - (0.040849 * sin2));
        double declination = 0.006918 - (0.399912 * cos1) + (0.070257 * sin1) - (0.006758 * cos2) + (0.000907 * sin2) - (0.002697 * cos3) + (0.00148 * sin3);
        double distance = 1.00011 + (0.034221 * cos1) + (0.00128 * sin1) + (0.000719 * cos2) + (0.000077 * sin2);

        double solarMinutes = (hours * 60) + equationOfTime + (4 * place.Longitude);
        (double sinHour, double cosHour) = Math.SinCos(((solarMinutes / 4) - 180) * Math.PI / 180);
        (double sinLatitude, double cosLatitude) = Math.SinCos(place.Latitude * Math.PI / 180);
        (double sinDeclination, double cosDeclination) = Math.SinCos(declination);
        return new SolarPosition(
            -cosDeclination * sinHour,
            (sinDeclination * cosLatitude) - (cosDeclination * sinLatitude * cosHour),
            (sinDeclination * sinLatitude) + (cosDeclination * cosLatitude * cosHour),
            SolarConstant * distance);
    }
}
