using Commonwatt.Contracts;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Readings;

/// <summary>What the ledger has and would take of a period's reading.</summary>
/// <param name="rules">The contracts.</param>
/// <param name="state">The state.</param>
/// <param name="gateway">The gateway's address.</param>
internal readonly struct LedgerMetering(CommunityRules rules, StateReader state, Address gateway)
{
    /// <summary>How far a period's reading has come, as the ledger sees it: ready where the ledger would take it.</summary>
    /// <param name="measured">The period.</param>
    /// <returns>The progress, and why where the ledger does not take it.</returns>
    public (PeriodProgress Progress, string? Code) Look(MeasuredPeriodRow measured)
    {
        DeliveryPeriod period = measured.Period;
        if (!rules.Registry.TryFindMeter(state, measured.Meter, out Meter meter))
        {
            return (PeriodProgress.NotTaken, "no-such-meter");
        }

        if (meter.Gateway != gateway || meter.Member.Value != measured.Member)
        {
            return (PeriodProgress.NotOurs, null);
        }

        if (rules.Metering.EstimateOf(state, period, meter.Member) is { } estimate)
        {
            return (estimate.Reported is null ? PeriodProgress.Ready : PeriodProgress.ToCorrect, null);
        }

        if (rules.Metering.NetOf(state, period, meter.Member) is not null)
        {
            return (PeriodProgress.Reported, null);
        }

        if (rules.Governance.ParametersAt(state, period.Start)?.PeriodLength != period.Length)
        {
            return (PeriodProgress.NotTaken, "wrong-period");
        }

        if (period.Start < rules.Metering.SettledUpTo(state))
        {
            // It was corrected, or is too long ago.
            return measured.Attempts > 0 ? (PeriodProgress.Reported, null) : (PeriodProgress.NotTaken, "too-late");
        }

        Member member = rules.Registry.MemberWith(state, meter.Member);
        Outcome plausible = Plausibility.Check(member, new Energy(measured.Energy.Import), new Energy(measured.Energy.Export), period.Length);
        return plausible.IsDone ? (PeriodProgress.Ready, null) : (PeriodProgress.NotTaken, plausible.Code);
    }
}
