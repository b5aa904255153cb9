namespace Commonwatt.Agents;

/// <summary>
/// Expects the mean of the same time on the last days, moved by how far the newest reading lies off its own mean: by the part of such a distance that
/// lasted in those days. At noon a cloudy morning counts; in the evening it does not.
/// </summary>
/// <remarks>
/// The part is a regression through the origin over the last days and the times beside, as in an autoregression of order one with a coefficient for each
/// time of the day. It is between nothing and the whole, and smaller where there is little to learn from.
/// </remarks>
public sealed class RecentDaysForecast : IForecast
{
    private const int Days = 7;
    private const int TimesBeside = 1;

    /// <inheritdoc/>
    public Energy Net(int period, MemberHistory history)
    {
        if (!TryUsual(period, history, out double usual))
        {
            return Energy.Zero;
        }

        int newest = int.Min(period, history.Known) - 1;
        double off = period - newest < history.PeriodsPerDay && TryOff(newest, history, out double distance)
            ? distance * LastingPart(newest, period - newest, history)
            : 0;
        return new Energy((long)Math.Round(usual + off));
    }

    private static double LastingPart(int newest, int ahead, MemberHistory history)
    {
        double together = 0;
        double alone = 0;
        for (int day = 1; day <= Days; day++)
        {
            for (int beside = -TimesBeside; beside <= TimesBeside; beside++)
            {
                int then = newest - (day * history.PeriodsPerDay) + beside;
                if (TryOff(then, history, out double first) && TryOff(then + ahead, history, out double second))
                {
                    together += first * second;
                    alone += first * first;
                }
            }
        }

        return alone > 0 ? Math.Clamp(together / alone, 0, 1) : 0;
    }

    // How far a reading lies off what was usual before it.
    private static bool TryOff(int period, MemberHistory history, out double off)
    {
        off = 0;
        if (!history.TryNet(period, out Energy reading) || !TryUsual(period, history, out double usual))
        {
            return false;
        }

        off = reading.WattHours - usual;
        return true;
    }

    private static bool TryUsual(int period, MemberHistory history, out double usual)
    {
        long sum = 0;
        int count = 0;
        int time = period - history.PeriodsPerDay;
        while (time >= history.Known)
        {
            time -= history.PeriodsPerDay;
        }

        for (int day = 0; day < Days; day++, time -= history.PeriodsPerDay)
        {
            if (history.TryNet(time, out Energy reading))
            {
                sum += reading.WattHours;
                count++;
            }
        }

        usual = count == 0 ? 0 : (double)sum / count;
        return count > 0;
    }
}
