using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <content>A reading came after the deadline: what it changes is booked beside what was settled.</content>
public sealed partial class MarketContract
{
    // Anybody known may ask for it: the readings are there already, and the result does not depend on who asks.
    private Outcome Correct(CallContext context, CorrectPeriod call)
    {
        var delivery = new Instant(call.DeliveryMs);
        var key = new TimeKey(delivery);
        if (!correctable.TryFind(context, key, out SettledPeriod settled))
        {
            return Outcome.Refused("not-correctable", $"The delivery at {delivery} was settled without estimates, is not settled yet, or is too long ago.");
        }

        var period = new DeliveryPeriod(delivery, settled.PeriodLength);
        List<MeteredEnergy> late = TakeLateReadings(context, period);
        if (late.Count == 0)
        {
            return Outcome.Refused("nothing-new", $"No late reading has come in for the delivery at {delivery}.");
        }

        SettledPeriod corrected = settled with { Metered = Array.ConvertAll(settled.Metered, one => Newest(one, late)) };
        IReadOnlyList<SettlementLine> differences = Correction.Between(LinesOf(settled), LinesOf(corrected));
        Book(context, registry.Members(context), differences, releases: [], delivery);
        if (corrected.Metered.Any(one => one.Estimated))
        {
            correctable.Put(context, key, corrected);
        }
        else
        {
            correctable.Remove(context, key);
        }

        context.Emit(new PeriodCorrected(delivery, [.. late], differences));
        return Outcome.Done;
    }

    private Outcome ForgetPeriod(CallContext context, PeriodStep step)
    {
        var key = new TimeKey(new Instant(step.DeliveryMs));
        if (correctable.TryFind(context, key, out SettledPeriod settled))
        {
            foreach ((PeriodMember estimate, _) in metering.EstimatesOf(context, new DeliveryPeriod(key.Time, settled.PeriodLength)))
            {
                metering.ForgetEstimate(context, estimate);
            }

            correctable.Remove(context, key);
        }

        return Outcome.Done;
    }

    private List<MeteredEnergy> TakeLateReadings(CallContext context, DeliveryPeriod period)
    {
        var late = new List<MeteredEnergy>();
        foreach ((PeriodMember estimate, Estimate value) in metering.EstimatesOf(context, period))
        {
            if (value.Reported is { } net)
            {
                late.Add(new MeteredEnergy(estimate.Member, net));
                metering.ForgetEstimate(context, estimate);
            }
        }

        return late;
    }

    private static MeteredEnergy Newest(MeteredEnergy settled, List<MeteredEnergy> late)
    {
        int index = late.FindIndex(one => one.Member == settled.Member);
        return index < 0 ? settled : late[index];
    }

    private static IReadOnlyList<SettlementLine> LinesOf(SettledPeriod settled) =>
        PeriodSettlement.Settle(settled.Trades.Trades, settled.Metered, settled.Terms);
}
