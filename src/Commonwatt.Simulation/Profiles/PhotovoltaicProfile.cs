namespace Commonwatt.Simulation.Profiles;

/// <summary>Made-up generation.</summary>
public static class PhotovoltaicProfile
{
}
