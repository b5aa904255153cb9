using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Profiles;

/// <summary>How panels are mounted, and the sunlight that falls on them.</summary>
/// <param name="Tilt">Degrees from horizontal, 0 to 90.</param>
/// <param name="Azimuth">Degrees clockwise from north, 0 to 360.</param>
public readonly record struct TiltedPlane(double Tilt, double Azimuth)
{
    private const double GroundReflects = 0.2;

    // The cosine of 87 degrees: lower than that, ratios to the horizontal lose their meaning and there is next to no light.
    private const double LowestSun = 0.052;

    /// <summary>What is usual at a place: facing the equator, at 0.76 of the latitude and 3.1 degrees (Landau's rule for fixed panels), 5 to 45 degrees.</summary>
    public static TiltedPlane UsualAt(Location place) =>
        new(Math.Clamp(3.1 + (0.76 * Math.Abs(place.Latitude)), 5, 45), place.Latitude < 0 ? 0 : 180);

    /// <summary>
    /// The irradiance on the plane in W/m²: the clear sky after Haurwitz (1945), times the clearness, split into beam and diffuse after Erbs, Klein
    /// and Duffie (1982), and turned onto the plane after Liu and Jordan (1963).
    /// </summary>
    /// <param name="sun">Where the sun stands.</param>
    /// <param name="clearness">The share of the clear sky's irradiance that clouds let through.</param>
    public double Irradiance(SolarPosition sun, double clearness)
    {
        if (sun.Up <= LowestSun)
        {
            return 0;
        }

        double global = clearness * 1098 * sun.Up * Math.Exp(-0.057 / sun.Up);
        double diffuse = global * DiffuseShare(Math.Min(1, global / (sun.Extraterrestrial * sun.Up)));
        (double sinTilt, double cosTilt) = Math.SinCos(Tilt * Math.PI / 180);
        (double sinAzimuth, double cosAzimuth) = Math.SinCos(Azimuth * Math.PI / 180);
        double facing = (sun.East * sinTilt * sinAzimuth) + (sun.North * sinTilt * cosAzimuth) + (sun.Up * cosTilt);
        double beam = (global - diffuse) * Math.Max(0, facing) / sun.Up;
        return beam + (diffuse * (1 + cosTilt) / 2) + (global * GroundReflects * (1 - cosTilt) / 2);
    }

    private static double DiffuseShare(double index) => index switch
    {
        <= 0.22 => 1 - (0.09 * index),
        <= 0.80 => 0.9511 + (index * (-0.1604 + (index * (4.388 + (index * (-16.638 + (index * 12.336))))))),
        _ => 0.165,
    };
}
