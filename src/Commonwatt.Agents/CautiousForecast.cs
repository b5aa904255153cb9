namespace Commonwatt.Agents;

/// <summary>
/// Expects of a time at which there is usually something to take what <see cref="RecentDaysForecast"/> says, and of one at which there is usually something to give
/// no more than nearly all of the recent days like this one gave then: what was sold and is not there costs more than what was there and was not sold brings.
/// </summary>
/// <remarks>
/// A day is like this one by its newest readings: of the last two weeks that half counts whose three hours up to the newest reading were nearest to the hours just
/// past, and of these days the one that gave second least. For what lies further ahead than half a day, today's readings say nothing: there it is the day of all
/// fourteen that gave third least. Where no such time is known, it is what <see cref="PersistenceForecast"/> says.
/// </remarks>
public sealed class CautiousForecast : IForecast
{
    private const int Days = 14;
    private const int DaysLikeThis = 7;
    private const int PlaceNear = 1;
    private const int PlaceFar = 2;
    private const int ComparisonsPerDay = 8;

    private static readonly RecentDaysForecast Usual = new();

    /// <inheritdoc/>
    public Energy Net(int period, MemberHistory history)
    {
        Energy expected = Usual.Net(period, history);
        if (!expected.IsNegative)
        {
            return expected;
        }

        int day = history.PeriodsPerDay;
        int newest = int.Min(period, history.Known) - 1;
        bool isNear = period - newest <= day / 2;
        var known = new List<(long Distance, long Net)>(Days);
        int latest = period - (((int.Max(0, period - history.Known) / day) + 1) * day);
        for (int time = latest; time > latest - (Days * day); time -= day)
        {
            if (history.TryNet(time, out Energy then))
            {
                known.Add((isNear ? Distance(newest, period - time, history) : 0, then.WattHours));
            }
        }

        if (known.Count == 0)
        {
            return expected;
        }

        // Of days that are as near as each other the later ones count: sorting keeps their order.
        long[] given = [.. known.OrderBy(one => one.Distance).Take(isNear ? DaysLikeThis : Days).Select(one => one.Net).OrderDescending()];
        long least = given[given.Length < DaysLikeThis ? 0 : isNear ? PlaceNear : PlaceFar];
        return Energy.Min(Energy.Zero, Energy.Max(expected, new Energy(least)));
    }

    // By how much the hours up to the newest reading differ from those of an earlier day.
    private static long Distance(int newest, int before, MemberHistory history)
    {
        long distance = 0;
        for (int time = newest; time > newest - int.Max(1, history.PeriodsPerDay / ComparisonsPerDay); time--)
        {
            if (history.TryNet(time, out Energy now) && history.TryNet(time - before, out Energy then))
            {
                distance += long.Abs(now.WattHours - then.WattHours);
            }
        }

        return distance;
    }
}
