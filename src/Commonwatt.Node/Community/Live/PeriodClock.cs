using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Community.Live;

/// <summary>Where each delivery period is in its life, which changes with the ledger and with time.</summary>
internal sealed class PeriodClock
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, (PeriodChange Period, string? Told)> periods = [];

    /// <summary>The ledger changed a period.</summary>
    public void Take(PeriodChange period)
    {
        lock (gate)
        {
            periods[period.Delivery.UnixMilliseconds] = (period, Told: null);
        }
    }

    /// <summary>The periods that are somewhere else in their lives than when they were last told of.</summary>
    /// <param name="now">The community's time.</param>
    public IReadOnlyList<(PeriodChange Period, string Phase)> Changed(Instant now)
    {
        var changed = new List<(PeriodChange, string)>();
        lock (gate)
        {
            foreach ((long delivery, (PeriodChange period, string? told)) in periods.ToArray())
            {
                string phase = PhaseOf(period, now);
                if (phase == told)
                {
                    continue;
                }

                changed.Add((period, phase));
                periods[delivery] = (period, phase);
                if (period.Phase is "settled" or "corrected")
                {
                    periods.Remove(delivery);
                }
            }
        }

        return changed;
    }

    /// <summary>Where a period is in its life: <c>open</c>, <c>gate</c>, <c>cleared</c>, <c>delivering</c>, <c>awaiting-readings</c>, <c>settled</c> or <c>corrected</c>.</summary>
    public static string PhaseOf(PeriodChange period, Instant now) => period.Phase switch
    {
        "open" => now < period.Gate ? "open" : "gate",
        "cleared" => now < period.Delivery ? "cleared" : now < period.Delivery + period.Length ? "delivering" : "awaiting-readings",
        var settled => settled,
    };
}
