namespace Commonwatt.Simulation.Results;

/// <summary>The period of the highest mean power.</summary>
/// <param name="Power">The mean power over that period.</param>
/// <param name="Period">The period's number, from zero; the first of several equal ones.</param>
public readonly record struct Peak(Power Power, int Period)
{
    /// <summary>The peak of a series of energies, each over <paramref name="length"/>; zero in period 0 for an empty one.</summary>
    public static Peak Of(ReadOnlySpan<Energy> energies, TimeSpan length)
    {
        int highest = 0;
        for (int period = 1; period < energies.Length; period++)
        {
            if (energies[period] > energies[highest])
            {
                highest = period;
            }
        }

        return new Peak(energies.IsEmpty ? Power.Zero : energies[highest].Over(length), highest);
    }
}
