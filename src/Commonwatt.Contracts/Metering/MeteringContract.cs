using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Metering;

/// <summary>What meters report: once a period, by the meter or its gateway, within what the connection can carry.</summary>
public sealed class MeteringContract : Contract
{
    // A week back is where an estimate looks first; a day more keeps the whole of that day.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(9);
    // The longest deadline and what an estimate looks back for: older readings would never be used, nor cleared away while no market runs.
    private static readonly TimeSpan OldestReading = TimeSpan.FromDays(40);
    private const int MostForgottenDays = 100_000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly GovernanceContract governance;
    private readonly RegistryContract registry;
    private readonly Table<DayKey, DayReadings> days;
    private readonly Table<PeriodMember, Estimate> estimates;
    private readonly Table<Address, TimeKey> settledUpTo;

    /// <summary>The contract.</summary>
    public MeteringContract(GovernanceContract governance, RegistryContract registry)
        : base("metering")
    {
        this.governance = governance;
        this.registry = registry;
        days = Table<DayKey, DayReadings>("days");
        estimates = Table<PeriodMember, Estimate>("estimates");
        settledUpTo = Table<Address, TimeKey>("settled-up-to");
        On("submit", Wire.SubmitReadings.Parser, Submit);
    }

    /// <summary>What a member's meter reported for a period (import minus export), or null.</summary>
    public Energy? NetOf(StateReader state, DeliveryPeriod period, MemberId member) =>
        days.TryFind(state, DayKey.Of(period, member), out DayReadings day) ? day.Net(period) : null;

    /// <summary>Up to when periods are settled: of what ended until then, only readings that are missing may still come.</summary>
    public Instant SettledUpTo(StateReader state) => settledUpTo.FindOr(state, Address.Nobody, default).Time;

    /// <summary>The estimate that a period was settled with for a member and that no correction has replaced yet, or null.</summary>
    public Estimate? EstimateOf(StateReader state, DeliveryPeriod period, MemberId member) =>
        estimates.TryFind(state, new PeriodMember(period.Start, member), out Estimate estimate) ? estimate : null;

    /// <summary>What stands in for a missing reading: the value a week before, else that a day before, else what the member contracted, which was his forecast.</summary>
    public Energy StandIn(StateReader state, DeliveryPeriod period, MemberId member, Energy contracted) =>
        NetOf(state, new DeliveryPeriod(period.Start - Week, period.Length), member)
        ?? NetOf(state, new DeliveryPeriod(period.Start - Day, period.Length), member)
        ?? contracted;

    /// <summary>The estimates a period was settled with that no correction has replaced yet, by member.</summary>
    public IReadOnlyList<KeyValuePair<PeriodMember, Estimate>> EstimatesOf(StateReader state, DeliveryPeriod period) =>
        estimates.StartingWith(state, new TimeKey(period.Start));

    /// <summary>A period is settled: from now on only its missing readings may come.</summary>
    internal void Settle(CallContext context, DeliveryPeriod period, IEnumerable<(MemberId Member, Energy StandIn)> missing)
    {
        settledUpTo.Put(context, Address.Nobody, new TimeKey(period.End));
        foreach ((MemberId member, Energy standIn) in missing)
        {
            estimates.Put(context, new PeriodMember(period.Start, member), new Estimate(standIn, Reported: null));
        }

        for (int left = MostForgottenDays; left > 0; left--)
        {
            if (!days.TryFirst(context, out DayKey first, out _) || first.Day + Retention > period.Start)
            {
                return;
            }

            days.Remove(context, first);
        }
    }

    /// <summary>An estimate was corrected, or no longer can be.</summary>
    internal void ForgetEstimate(CallContext context, PeriodMember key) => estimates.Remove(context, key);

    private Outcome Submit(CallContext context, SubmitReadings call)
    {
        foreach (Reading reading in call.Readings)
        {
            Outcome outcome = Take(context, reading);
            if (!outcome.IsDone)
            {
                if (call.Readings.Count == 1)
                {
                    return outcome;
                }

                context.Emit(new ReadingRefused(Addresses.From(reading.Meter), new Instant(reading.DeliveryMs), outcome.Code, outcome.Sentence));
            }
        }

        return call.Readings.Count > 0 ? Outcome.Done : Outcome.Refused("no-readings", "The call holds no readings.");
    }

    private Outcome Take(CallContext context, Reading reading)
    {
        Address address = Addresses.From(reading.Meter);
        if (reading.Commitment.Length != Hash.Size)
        {
            throw new MalformedBytesException("A commitment has 32 bytes.");
        }

        if (!registry.TryFindMeter(context, address, out Meter meter))
        {
            return Outcome.Refused("no-such-meter", $"{address} is no meter of this community: register it first.");
        }

        if (context.Sender != address && (context.Sender != meter.Gateway || meter.Gateway == Address.Nobody))
        {
            return Outcome.Refused("not-the-meter", $"Only the meter {address} or its gateway may report for it.");
        }

        var start = new Instant(reading.DeliveryMs);
        if (start >= context.Time)
        {
            return Outcome.Refused("too-early", $"A period that starts at {start} is not over at {context.Time}: report it afterwards.");
        }

        if (governance.ParametersAt(context, start) is not { } parameters || !DeliveryPeriod.IsStart(start, parameters.PeriodLength))
        {
            return Outcome.Refused("wrong-period", $"{reading.DeliveryMs} ms is not the start of a delivery period.");
        }

        var period = new DeliveryPeriod(start, parameters.PeriodLength);
        if (period.End > context.Time)
        {
            return Outcome.Refused("too-early", $"The period {period} is not over at {context.Time}: report it afterwards.");
        }

        Member member = registry.MemberWith(context, meter.Member);
        var import = new Energy(reading.ImportWh);
        var export = new Energy(reading.ExportWh);
        Outcome plausible = Plausibility.Check(member, import, export, period.Length);
        return plausible.IsDone ? Keep(context, period, meter.Member, import, export) : plausible;
    }

    private Outcome Keep(CallContext context, DeliveryPeriod period, MemberId member, Energy import, Energy export)
    {
        if (period.Start < SettledUpTo(context))
        {
            return KeepLate(context, period, member, import, export);
        }

        if (period.Start + OldestReading <= context.Time)
        {
            return Outcome.Refused("too-late", $"The period {period} is more than {OldestReading.Days} days ago: its reading is of no use any more.");
        }

        DayKey key = DayKey.Of(period, member);
        DayReadings day = days.TryFind(context, key, out DayReadings found) ? found : DayReadings.Empty(period.Length);
        if (day.Net(period) is not null)
        {
            return AlreadyReported(period);
        }

        day.Report(period, import - export);
        days.Put(context, key, day);
        context.Emit(new ReadingReported(member, period.Start, import, export, IsLate: false));
        return Outcome.Done;
    }

    private Outcome KeepLate(CallContext context, DeliveryPeriod period, MemberId member, Energy import, Energy export)
    {
        var key = new PeriodMember(period.Start, member);
        if (!estimates.TryFind(context, key, out Estimate estimate))
        {
            return Outcome.Refused("too-late", $"The period {period} is settled, and not by an estimate for this meter, or too long ago to be corrected.");
        }

        if (estimate.Reported is not null)
        {
            return AlreadyReported(period);
        }

        estimates.Put(context, key, estimate with { Reported = import - export });
        context.Emit(new ReadingReported(member, period.Start, import, export, IsLate: true));
        return Outcome.Done;
    }

    private static Outcome AlreadyReported(DeliveryPeriod period) =>
        Outcome.Refused("already-reported", $"This meter has reported the period {period} already: a reading counts once.");
}
