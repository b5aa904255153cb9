namespace Commonwatt.Simulation.Series;

/// <summary>
/// Counts energy in whole Wh as a meter's register does: what is less than one Wh is carried to the next interval, so that any sum over
/// the intervals is exact to half a Wh.
/// </summary>
internal struct MeterRegister
{
    private double carried;

    /// <summary>Counts an interval's energy.</summary>
    /// <param name="wattHours">The energy in Wh, with its fraction.</param>
    /// <returns>By how many whole Wh the register moves on.</returns>
    public int Count(double wattHours)
    {
        double due = wattHours + carried;
        double counted = Math.Floor(due + 0.5);
        carried = due - counted;
        return (int)counted;
    }
}
