using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Overview;

/// <summary>What the manager should look at.</summary>
/// <param name="facts">The community.</param>
internal sealed class Alerts(CommunityFacts facts)
{
    private const int MostNamed = 20;

    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(10);

    /// <summary>What there is to look at now, worst first.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="meters">The meters.</param>
    /// <param name="gateway">This node's gateway, or null where it has none.</param>
    public IReadOnlyList<AlertJson> Now(TableSnapshot tables, IReadOnlyList<MeterJson> meters, string? gateway)
    {
        Instant now = facts.Now;
        var alerts = new List<AlertJson>();
        AddUnsettled(tables, now, alerts);
        AddMissingReadings(tables, now, alerts);
        AddDebts(tables, now, alerts);
        AddMeters(meters, gateway, now, alerts);

        // Blocks come where something happens: a quiet ledger is not late, but one whose market runs has a block for each step of a period.
        if (now - tables.Time > LongestLag && tables.Find<long>("SELECT COUNT(*) FROM periods WHERE delivery > @now", new { now = now.UnixMilliseconds }) > 0
            && tables.Find<long?>("SELECT MIN(gate_at) FROM periods WHERE phase = 'open'") is { } gate && gate < (now - LongestLag).UnixMilliseconds)
        {
            alerts.Add(new AlertJson("projection-lag", "error", new AlertValuesJson(Seconds: (now.UnixMilliseconds - tables.Time.UnixMilliseconds) / 1000), tables.Time));
        }

        BillingMonth next = BillingMonth.At(now, facts.TimeZone).Next;
        if (tables.Find<long>("SELECT COUNT(*) FROM invoice_boundaries WHERE at_time = @at", new { at = next.StartIn(facts.TimeZone).UnixMilliseconds }) == 0)
        {
            alerts.Add(new AlertJson("no-invoice-boundary", "info", new AlertValuesJson(Month: next.ToString()), next.StartIn(facts.TimeZone)));
        }

        return [.. alerts.OrderBy(alert => alert.Severity switch { "error" => 0, "warning" => 1, _ => 2 })];
    }

    private static void AddUnsettled(TableSnapshot tables, Instant now, List<AlertJson> alerts)
    {
        (long count, long? first) = tables.Find<(long, long?)>(
            "SELECT COUNT(*), MIN(delivery) FROM periods WHERE phase IN ('open', 'cleared') AND deadline_at < @late",
            new { late = (now - LongestLag).UnixMilliseconds });
        if (count > 0)
        {
            alerts.Add(new AlertJson("unsettled-periods", "error", new AlertValuesJson(Count: count), new Instant(first!.Value)));
        }
    }

    private static void AddMeters(IReadOnlyList<MeterJson> meters, string? gateway, Instant now, List<AlertJson> alerts)
    {
        MeterJson[] unheard = [.. meters.Where(meter => meter.IsUnheard)];
        if (unheard.Length > 0)
        {
            alerts.Add(new AlertJson("stale-meters", "warning", Named(unheard), unheard.Min(meter => meter.LastReadingAt) ?? now));
        }

        // Another gateway may report for them well; where it does not, they were registered with a wrong address.
        MeterJson[] elsewhere = gateway is null ? [] : [.. meters.Where(meter => meter.Gateway != gateway)];
        if (elsewhere.Length > 0)
        {
            alerts.Add(new AlertJson("other-gateway", elsewhere.Any(meter => meter.IsUnheard) ? "warning" : "info", Named(elsewhere) with { Gateway = gateway }, now));
        }
    }

    private static AlertValuesJson Named(MeterJson[] meters) =>
        new(Count: meters.Length, Meters: [.. meters.Take(MostNamed).Select(meter => new AlertMeterJson(meter.Meter, meter.MemberNumber, meter.Gateway))]);

    private static void AddMissingReadings(TableSnapshot tables, Instant now, List<AlertJson> alerts)
    {
        (long sum, long? last) = tables.Find<(long, long?)>(
            "SELECT CAST(COALESCE(SUM(estimates), 0) AS BIGINT), MAX(delivery) FROM periods WHERE delivery >= @since AND delivery < @now AND estimates > 0",
            new { since = (now - TimeSpan.FromDays(1)).UnixMilliseconds, now = now.UnixMilliseconds });
        if (sum > 0)
        {
            alerts.Add(new AlertJson("missing-readings", "warning", new AlertValuesJson(Count: sum), new Instant(last!.Value)));
        }
    }

    private static void AddDebts(TableSnapshot tables, Instant now, List<AlertJson> alerts)
    {
        (long count, long owed) = tables.Find<(long, long)>(
            "SELECT COUNT(*), CAST(COALESCE(SUM(balance + credit_line), 0) AS BIGINT) FROM accounts WHERE account > 0 AND balance + credit_line < 0");
        if (count > 0)
        {
            alerts.Add(new AlertJson("members-in-debt", "warning", new AlertValuesJson(Count: count, Amount: -owed), now));
        }
    }
}

/// <summary>Something to look at.</summary>
/// <param name="Code"><c>unsettled-periods</c>, <c>projection-lag</c>, <c>missing-readings</c>, <c>stale-meters</c> (nobody reported for two periods), <c>other-gateway</c> (registered with another than this node's), <c>members-in-debt</c> or <c>no-invoice-boundary</c>.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Values">What stands in its sentence.</param>
/// <param name="At">When, or since when.</param>
internal sealed record AlertJson(string Code, string Severity, AlertValuesJson Values, Instant At);

/// <summary>What stands in an alert's sentence; what does not is null.</summary>
/// <param name="Count">How many.</param>
/// <param name="Amount">How much money is owed beyond credit lines, micro-currency.</param>
/// <param name="Seconds">How late.</param>
/// <param name="Month">Which month.</param>
/// <param name="Meters">Which meters, 20 at most.</param>
/// <param name="Gateway">This node's gateway, which the meters should be registered with.</param>
internal sealed record AlertValuesJson(
    long? Count = null, long? Amount = null, long? Seconds = null, string? Month = null, IReadOnlyList<AlertMeterJson>? Meters = null, string? Gateway = null);

/// <summary>A meter that an alert names.</summary>
/// <param name="Meter">Its address.</param>
/// <param name="MemberNumber">Whose it is.</param>
/// <param name="Gateway">The gateway that it is registered with, or null where it reports by itself.</param>
internal sealed record AlertMeterJson(string Meter, long MemberNumber, string? Gateway);
