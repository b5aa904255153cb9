namespace Commonwatt.Agents;

/// <summary>
/// Expects what was there at the same time a week ago; where that is not known, the same time on the latest day that is; where
/// that is not known either, the latest reading of the last day; with no history at all, nothing.
/// </summary>
/// <remarks>A week is 168 hours: for the week after a change of the clocks the forecast is an hour off, as people's habits follow the clock.</remarks>
public sealed class PersistenceForecast : IForecast
{
    private const int DaysPerWeek = 7;

    /// <inheritdoc/>
    public Energy Net(int period, MemberHistory history)
    {
        int day = history.PeriodsPerDay;
        if (history.TryNet(LatestKnown(period, DaysPerWeek * day, history.Known), out Energy lastWeek))
        {
            return lastWeek;
        }

        int sameTime = LatestKnown(period, day, history.Known);
        for (int daysTried = 0; daysTried < DaysPerWeek; daysTried++, sameTime -= day)
        {
            if (history.TryNet(sameTime, out Energy earlierDay))
            {
                return earlierDay;
            }
        }

        for (int latest = history.Known - 1; latest >= history.Known - day; latest--)
        {
            if (history.TryNet(latest, out Energy reading))
            {
                return reading;
            }
        }

        return Energy.Zero;
    }

    // The latest of period - interval, period - 2 intervals, ... that lies in the past.
    private static int LatestKnown(int period, int interval, int known)
    {
        int ahead = int.Max(0, period - known);
        return period - (((ahead / interval) + 1) * interval);
    }
}
