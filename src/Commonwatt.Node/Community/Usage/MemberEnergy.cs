using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Usage;

/// <summary>A member's energy by time: what his meter counted, what he traded, and what his devices did.</summary>
/// <param name="facts">The community.</param>
/// <param name="readings">What devices measured.</param>
internal sealed class MemberEnergy(CommunityFacts facts, IReadingSource readings)
{
    private static readonly TimeSpan UsualPeriod = TimeSpan.FromHours(1);

    /// <summary>A member's energy within a range, by time; what nothing is known of is left out.</summary>
    public IReadOnlyList<EnergyJson> Within(TableSnapshot tables, long member, TimeRange range, Resolution unit)
    {
        var buckets = new SortedDictionary<Instant, EnergyBucket>();
        LocalCalendar calendar = facts.Calendar;
        TimeSpan length = UsualPeriod;
        // Days and months are dear to look up, and periods come in order.
        EnergyBucket? last = null;
        foreach (PeriodFacts period in Periods(tables, member, range))
        {
            length = TimeSpan.FromMilliseconds(period.LengthMs);
            Of(period.Delivery, length).Add(period);
        }

        foreach (EnergySlice slice in readings.SeriesOf(member, range.From, range.To, length))
        {
            Of(slice.Start.UnixMilliseconds, length).Add(slice);
        }

        return [.. buckets.Values.Where(bucket => bucket.HasAny).Select(bucket => bucket.ToJson())];

        EnergyBucket Of(long delivery, TimeSpan period)
        {
            var moment = new Instant(delivery);
            if (last?.Holds(moment) == true)
            {
                return last;
            }

            TimeRange bounds = calendar.BucketOf(moment, unit, period);
            if (!buckets.TryGetValue(bounds.From, out last))
            {
                last = new EnergyBucket(bounds);
                buckets.Add(bounds.From, last);
            }

            return last;
        }
    }

    private static IReadOnlyList<PeriodFacts> Periods(TableSnapshot tables, long member, TimeRange range) => tables.Query<PeriodFacts>(
        """
        SELECT p.delivery AS Delivery, p.length_ms AS LengthMs, p.price AS Price, p.traded_wh AS TradedWh, p.traded_amount AS TradedAmount,
          m.net_wh AS NetWh, m.is_estimated AS IsEstimated, r.import_wh AS ImportWh, r.export_wh AS ExportWh,
          b.wh AS BoughtWh, s.wh AS SoldWh
        FROM periods p
        LEFT JOIN metered m ON m.delivery = p.delivery AND m.member = @member
        LEFT JOIN reported r ON r.delivery = p.delivery AND r.member = @member
        LEFT JOIN (SELECT delivery, CAST(SUM(quantity_wh) AS BIGINT) AS wh FROM trades WHERE buyer = @member AND delivery >= @from AND delivery < @to GROUP BY delivery) b ON b.delivery = p.delivery
        LEFT JOIN (SELECT delivery, CAST(SUM(quantity_wh) AS BIGINT) AS wh FROM trades WHERE seller = @member AND delivery >= @from AND delivery < @to GROUP BY delivery) s ON s.delivery = p.delivery
        WHERE p.delivery >= @from AND p.delivery < @to ORDER BY p.delivery
        """,
        new { member, from = range.From.UnixMilliseconds, to = range.To.UnixMilliseconds });
}

/// <summary>What is known of a member's period.</summary>
internal sealed record PeriodFacts
{
    /// <summary>The start of the period.</summary>
    public long Delivery { get; init; }

    /// <summary>How long it lasts.</summary>
    public long LengthMs { get; init; }

    /// <summary>Its one price.</summary>
    public long? Price { get; init; }

    /// <summary>What the community traded.</summary>
    public long TradedWh { get; init; }

    /// <summary>What was paid for it.</summary>
    public long TradedAmount { get; init; }

    /// <summary>What it settled with.</summary>
    public long? NetWh { get; init; }

    /// <summary>1 where an estimate stands in.</summary>
    public long? IsEstimated { get; init; }

    /// <summary>What the meter reported.</summary>
    public long? ImportWh { get; init; }

    /// <summary>What the meter reported.</summary>
    public long? ExportWh { get; init; }

    /// <summary>What the member bought.</summary>
    public long? BoughtWh { get; init; }

    /// <summary>What he sold.</summary>
    public long? SoldWh { get; init; }
}
