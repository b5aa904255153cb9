using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Overview;

/// <summary>The community's meters, and which of them fell silent.</summary>
/// <param name="facts">The community.</param>
/// <param name="readings">What meters report.</param>
internal sealed class MeterList(CommunityFacts facts, IReadingSource readings)
{
    /// <summary>Every registered meter, by member. A meter is stale once twice its interval has passed.</summary>
    public IReadOnlyList<MeterJson> Now(TableSnapshot tables)
    {
        Instant now = facts.Now;
        var heard = new Dictionary<string, MeterState>(StringComparer.Ordinal);
        foreach (MeterState state in readings.StateOfMeters())
        {
            heard[state.Meter] = state;
        }

        TimeSpan usual = TimeSpan.FromMilliseconds(RuleRow.At(tables, now)?.PeriodMs ?? 3_600_000);
        // Where no raw readings are kept here, what the gateway reported on the ledger says when a meter was heard of.
        Dictionary<long, Instant> reported = heard.Count > 0 ? [] : tables
            .Query<(long Member, long At)>(
                "SELECT member, MAX(reported_at) FROM reported WHERE delivery >= @since GROUP BY member", new { since = (now - TimeSpan.FromDays(2)).UnixMilliseconds })
            .ToDictionary(row => row.Member, row => new Instant(row.At));
        return
        [
            .. tables.Query<(byte[] Meter, long Member)>("SELECT meter, member FROM meters WHERE until IS NULL ORDER BY member, meter").Select(row =>
            {
                string meter = new Address(row.Meter).ToString();
                MeterState? state = heard.GetValueOrDefault(meter);
                Instant? last = state?.LastReadingAt ?? (reported.TryGetValue(row.Member, out Instant at) ? at : null);
                TimeSpan interval = state?.Interval ?? usual;
                string name = last is not { } time ? "never" : now - time > interval * 2 ? "stale" : "live";
                return new MeterJson(meter, row.Member, last, (long)interval.TotalSeconds, name);
            }),
        ];
    }
}

/// <summary>A meter.</summary>
/// <param name="Meter">Its address.</param>
/// <param name="MemberNumber">Whose it is.</param>
/// <param name="LastReadingAt">When it was heard of last, or null.</param>
/// <param name="IntervalSeconds">How often it reports.</param>
/// <param name="State"><c>live</c>, <c>stale</c> (not heard of for twice its interval) or <c>never</c>.</param>
internal sealed record MeterJson(string Meter, long MemberNumber, Instant? LastReadingAt, long IntervalSeconds, string State);
