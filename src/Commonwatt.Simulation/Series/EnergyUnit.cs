namespace Commonwatt.Simulation.Series;

/// <summary>The unit of a column with energy or power, told by the end of the column's name.</summary>
internal static class EnergyUnit
{
    /// <summary>A home or building takes less than this in an interval, and what does not fit the arrays of a simulation is refused.</summary>
    public const double MostWattHours = 100_000_000;

    /// <summary>What a column's values are multiplied by to be Wh in an interval of <paramref name="step"/>; null where the name ends in no unit.</summary>
    public static double? WattHoursEach(string column, TimeSpan step)
    {
        if (column.EndsWith("_kwh", StringComparison.OrdinalIgnoreCase))
        {
            return 1000;
        }

        if (column.EndsWith("_wh", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        if (column.EndsWith("_kw", StringComparison.OrdinalIgnoreCase))
        {
            return 1000 * step.TotalHours;
        }

        return column.EndsWith("_w", StringComparison.OrdinalIgnoreCase) ? step.TotalHours : null;
    }

    /// <summary>The largest value that a column can sensibly have.</summary>
    public static double MostIn(string column) => MostWattHours / (WattHoursEach(column, TimeSpan.FromHours(1)) ?? 1);
}
