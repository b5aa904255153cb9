namespace Commonwatt.Simulation.Profiles;

/// <summary>Made-up household load.</summary>
public static class HouseholdProfile
{
}
