using System.Text.Json.Serialization;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Overview;

/// <summary>The community's meters, and which of them fell silent.</summary>
/// <param name="facts">The community.</param>
/// <param name="readings">What meters report.</param>
internal sealed class MeterList(CommunityFacts facts, IReadingSource readings)
{
    /// <summary>The meters of active members, by member: for others nobody waits. A meter is stale once twice its interval has passed.</summary>
    public IReadOnlyList<MeterJson> Now(TableSnapshot tables)
    {
        Instant now = facts.Now;
        var heard = new Dictionary<string, MeterState>(StringComparer.Ordinal);
        foreach (MeterState state in readings.StateOfMeters())
        {
            heard[state.Meter] = state;
        }

        TimeSpan usual = TimeSpan.FromMilliseconds(RuleRow.At(tables, now)?.PeriodMs ?? 3_600_000);
        IReadOnlyList<MeterRow> meters = tables.Query<MeterRow>(
            """
            SELECT m.meter AS Meter, m.member AS Member, m.gateway AS Gateway, m.since AS Since
            FROM meters m LEFT JOIN members p ON p.number = m.member WHERE m.until IS NULL AND COALESCE(p.is_suspended, 0) <> 1 ORDER BY m.member, m.meter
            """);
        bool isAllHeard = meters.All(row => heard.GetValueOrDefault(row.Name)?.LastReadingAt is { } last && now - last <= usual);

        // Where raw readings do not come here, what a gateway reported on the ledger says when a meter was heard of.
        Dictionary<long, Instant> reported = isAllHeard ? [] : tables
            .Query<(long Member, long At)>(
                "SELECT member, MAX(reported_at) FROM reported WHERE delivery >= @since GROUP BY member", new { since = (now - TimeSpan.FromDays(2)).UnixMilliseconds })
            .ToDictionary(row => row.Member, row => new Instant(row.At));
        return
        [
            .. meters.Select(row =>
            {
                MeterState? state = heard.GetValueOrDefault(row.Name);
                Instant? last = Later(state?.LastReadingAt, reported.TryGetValue(row.Member, out Instant at) ? at : null);
                TimeSpan interval = state?.Interval ?? usual;
                string name = last is not { } time ? "never" : now - time > interval * 2 ? "stale" : "live";
                TimeSpan patience = (interval > usual ? interval : usual) * 2;
                return new MeterJson(row.Name, row.Member, last, (long)interval.TotalSeconds, name, row.Gateway is { } gateway ? new Address(gateway).ToString() : null)
                {
                    IsUnheard = now - Later(last, new Instant(row.Since))!.Value > patience,
                };
            }),
        ];
    }

    private static Instant? Later(Instant? one, Instant? other) => one is { } first && other is { } second ? Instant.Max(first, second) : one ?? other;

    private sealed record MeterRow
    {
        public byte[] Meter { get; init; } = [];

        public long Member { get; init; }

        public byte[]? Gateway { get; init; }

        public long Since { get; init; }

        public string Name => new Address(Meter).ToString();
    }
}

/// <summary>A meter.</summary>
/// <param name="Meter">Its address.</param>
/// <param name="MemberNumber">Whose it is.</param>
/// <param name="LastReadingAt">When it was heard of last, or null.</param>
/// <param name="IntervalSeconds">How often it reports.</param>
/// <param name="State"><c>live</c>, <c>stale</c> (not heard of for twice its interval) or <c>never</c>.</param>
/// <param name="Gateway">The gateway that it is registered with, or null where it reports by itself.</param>
internal sealed record MeterJson(string Meter, long MemberNumber, Instant? LastReadingAt, long IntervalSeconds, string State, string? Gateway)
{
    /// <summary>Whether it belongs to an active member and nobody has reported for it over two of its intervals and two periods.</summary>
    [JsonIgnore]
    public bool IsUnheard { get; init; }
}
