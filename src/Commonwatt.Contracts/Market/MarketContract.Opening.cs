using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Market;

/// <content>The market starts, opens one period after the other, and stops.</content>
public sealed partial class MarketContract
{
    private Outcome Start(CallContext context, StartMarket call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        var first = new Instant(call.FirstDeliveryMs);
        if (nextDelivery.Has(context, Address.Nobody))
        {
            return Outcome.Refused("already-started", "The market runs already.");
        }

        if (governance.ParametersAt(context, first) is not { } parameters || governance.TariffAt(context, first) is null)
        {
            return Outcome.Refused("no-parameters", $"Market parameters and tariffs are needed for deliveries from {first} on: set them first.");
        }

        if (!DeliveryPeriod.IsStart(first, parameters.PeriodLength) || first - parameters.GateLead <= context.Time)
        {
            return Outcome.Refused("wrong-time", $"The first delivery starts on the grid of {parameters.PeriodLength} and with its gate after {context.Time}: {first} does not.");
        }

        Instant opened = governance.RulesInUseUntil(context);
        if (first < opened)
        {
            return Outcome.Refused("wrong-time", $"Deliveries up to {opened} have opened before: start from then on, not at {first}.");
        }

        lastDelivery.Remove(context, Address.Nobody);
        ScheduleOpening(context, first);
        return Outcome.Done;
    }

    private Outcome Stop(CallContext context, StopMarket call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (!nextDelivery.TryFind(context, Address.Nobody, out TimeKey next))
        {
            return Outcome.Refused("not-started", "The market does not run.");
        }

        var last = new TimeKey(new Instant(call.LastDeliveryMs));
        lastDelivery.Put(context, Address.Nobody, last);
        if (last.Time < next.Time)
        {
            nextDelivery.Remove(context, Address.Nobody);
        }

        return Outcome.Done;
    }

    private Outcome OpenListing(CallContext context, PeriodStep step)
    {
        var delivery = new Instant(step.DeliveryMs);
        if (!nextDelivery.TryFind(context, Address.Nobody, out TimeKey next) || next.Time != delivery)
        {
            // The market was stopped since, and perhaps started again from another delivery.
            return Outcome.Done;
        }

        if (lastDelivery.TryFind(context, Address.Nobody, out TimeKey last) && delivery > last.Time)
        {
            nextDelivery.Remove(context, Address.Nobody);
            return Outcome.Done;
        }

        MarketParameters parameters = governance.ParametersAt(context, delivery)
            ?? throw new BrokenInvariantException($"There are no market parameters for {delivery}.");
        if (!DeliveryPeriod.IsStart(delivery, parameters.PeriodLength))
        {
            // The rules changed between the start and the first opening: go on where their grid does.
            ScheduleOpening(context, DeliveryPeriod.Containing(delivery, parameters.PeriodLength).End);
            return Outcome.Done;
        }

        OpenPeriod(context, new DeliveryPeriod(delivery, parameters.PeriodLength), parameters);
        return Outcome.Done;
    }

    private void OpenPeriod(CallContext context, DeliveryPeriod period, MarketParameters parameters)
    {
        Instant gate = period.Start - parameters.GateLead;
        listings.Put(context, new TimeKey(period.Start), new Listing(IsCleared: parameters.IsSharing, parameters));
        governance.UseRulesUntil(context, period.End);
        if (!parameters.IsSharing)
        {
            ScheduleStep(context, gate, Clear, period.Start);
        }

        ScheduleSettlement(context, period, parameters.ReadingDeadline);
        ScheduleOpening(context, period.End);
        context.Emit(new ListingOpened(period.Start, gate));
    }

    private void ScheduleOpening(CallContext context, Instant delivery)
    {
        nextDelivery.Put(context, Address.Nobody, new TimeKey(delivery));
        ScheduleStep(context, delivery - governance.ParametersAt(context, delivery)!.ListingLead, Open, delivery);
    }

    // Periods settle in order, also where a change of rules shortens the deadline: invoices, tariffs and readings rely on it.
    private void ScheduleSettlement(CallContext context, DeliveryPeriod period, TimeSpan deadline)
    {
        Instant before = lastSettlement.FindOr(context, Address.Nobody, default).Time;
        var settlement = Instant.Max(before, period.End + deadline);
        lastSettlement.Put(context, Address.Nobody, new TimeKey(settlement));
        ScheduleStep(context, settlement, Settle, period.Start);
    }
}
