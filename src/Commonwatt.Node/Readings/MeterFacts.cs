using Commonwatt.Contracts;
using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Readings;

/// <summary>What the ledger says of a meter.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Connection">What his connection carries.</param>
/// <param name="HasGeneration">Whether assets are registered that give energy.</param>
/// <param name="IsOurs">Whether this node's gateway reports for it.</param>
internal sealed record MeterFacts(long Member, Power Connection, bool HasGeneration, bool IsOurs)
{
    /// <summary>Looks a meter up.</summary>
    /// <returns>Null where the ledger does not know it.</returns>
    public static MeterFacts? Of(CommunityRules rules, StateReader state, Address meter, Address gateway)
    {
        if (!rules.Registry.TryFindMeter(state, meter, out Meter found))
        {
            return null;
        }

        Member member = rules.Registry.MemberWith(state, found.Member);
        return new MeterFacts(found.Member.Value, member.Connection, !member.Generation.IsZero, found.Gateway == gateway);
    }
}

/// <summary>How long delivery periods last at each time, by the rules on the ledger.</summary>
/// <param name="rules">The contracts.</param>
/// <param name="state">The state.</param>
internal sealed class PeriodGrid(CommunityRules rules, StateReader state)
{
    /// <summary>What is measured where no rules are set yet: all lengths but one fit into it.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    // Rules change on the hour.
    private readonly Dictionary<Instant, TimeSpan> byHour = [];

    /// <summary>The period that starts at a time, or null where none does.</summary>
    public DeliveryPeriod? StartingAt(Instant time)
    {
        TimeSpan length = LengthAt(time);
        return DeliveryPeriod.IsStart(time, length) ? new DeliveryPeriod(time, length) : null;
    }

    /// <summary>The period that ends at a time, or null where none does.</summary>
    public DeliveryPeriod? EndingAt(Instant time)
    {
        var period = DeliveryPeriod.Containing(new Instant(time.UnixMilliseconds - 1), LengthAt(new Instant(time.UnixMilliseconds - 1)));
        return period.End == time ? period : null;
    }

    /// <summary>Whether a period starts or ends at a time.</summary>
    public bool IsBoundary(Instant time) => StartingAt(time) is not null || EndingAt(time) is not null;

    private TimeSpan LengthAt(Instant time)
    {
        Instant hour = DeliveryPeriod.Containing(time, TimeSpan.FromHours(1)).Start;
        if (!byHour.TryGetValue(hour, out TimeSpan length))
        {
            length = rules.Governance.ParametersAt(state, hour)?.PeriodLength ?? Usual;
            byHour.Add(hour, length);
        }

        return length;
    }
}
