namespace Commonwatt.Agents;

/// <summary>
/// Expects the mean of the same time on the last days, moved by how far the newest reading lies off its own mean: by the part of such a distance that
/// lasted in those days. At noon a cloudy morning counts; in the evening it does not.
/// </summary>
/// <remarks>
/// The part is a regression through the origin over the last days and the times beside, as in an autoregression of order one with a coefficient for each
/// time of the day, between nothing and the whole. What is expected never lies beyond what those days had, so that a home without panels is never
/// thought to sell. Where nothing is known of such a time, it is what <see cref="PersistenceForecast"/> says.
/// </remarks>
public sealed class RecentDaysForecast : IForecast
{
    private const int Days = 7;
    private const int TimesBeside = 1;

    private static readonly PersistenceForecast WithoutSuchATime = new();

    /// <inheritdoc/>
    public Energy Net(int period, MemberHistory history)
    {
        if (Usual.At(period, history) is not { } usual)
        {
            return WithoutSuchATime.Net(period, history);
        }

        int newest = int.Min(period, history.Known) - 1;
        double moved = period - newest < history.PeriodsPerDay && Off(newest, history) is { } off
            ? usual.Mean + (off * LastingPart(newest, period - newest, history))
            : usual.Mean;
        return new Energy((long)Math.Round(Math.Clamp(moved, usual.Least, usual.Most)));
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
                if (Off(then, history) is { } first && Off(then + ahead, history) is { } second)
                {
                    together += first * second;
                    alone += first * first;
                }
            }
        }

        return alone > 0 ? Math.Clamp(together / alone, 0, 1) : 0;
    }

    // How far a reading lies off what was usual before it; null where one of the two is not known.
    private static double? Off(int period, MemberHistory history) =>
        history.TryNet(period, out Energy reading) && Usual.At(period, history) is { } usual ? reading.WattHours - usual.Mean : null;

    /// <summary>What a time of the day was like on the latest days that are known before a period.</summary>
    private readonly record struct Usual(double Mean, long Least, long Most)
    {
        public static Usual? At(int period, MemberHistory history)
        {
            int day = history.PeriodsPerDay;
            int latest = period - (((int.Max(0, period - history.Known) / day) + 1) * day);
            long sum = 0;
            int count = 0;
            (long least, long most) = (long.MaxValue, long.MinValue);
            for (int time = latest; time > latest - (Days * day); time -= day)
            {
                if (history.TryNet(time, out Energy reading))
                {
                    sum += reading.WattHours;
                    count++;
                    (least, most) = (long.Min(least, reading.WattHours), long.Max(most, reading.WattHours));
                }
            }

            return count == 0 ? null : new Usual((double)sum / count, least, most);
        }
    }
}
