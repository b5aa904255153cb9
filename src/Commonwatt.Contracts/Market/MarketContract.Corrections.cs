using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <content>A reading came after the deadline: what it changes is booked beside what was settled.</content>
public sealed partial class MarketContract
{
    // A correction may touch every member's account, and a transaction may make 20,000 reads and writes:
    // above this many members the ledger's own schedule makes it, first thing in the next block.
    private const int MostMembersInTransaction = 2_000;

    // Where the nearest share, each pair of a seller and a buyer is one read more.
    private const int MostNeighboursInTransaction = 200;

    // Anybody of the community may ask for it: the readings are there already, and the result does not depend on who asks.
    private Outcome Correct(CallContext context, CorrectPeriod call)
    {
        if (!registry.Knows(context, context.Sender) && !governance.HoldsAny(context, context.Sender))
        {
            return Outcome.Refused("not-a-member", $"A correction is for members, meters, gateways and holders of a role to ask for: {context.Sender} is none.");
        }

        var delivery = new Instant(call.DeliveryMs);
        var key = new TimeKey(delivery);
        if (!correctable.TryFind(context, key, out SettledPeriod settled))
        {
            return Outcome.Refused("not-correctable", $"The delivery at {delivery} was settled without estimates, is not settled yet, or is too long ago.");
        }

        if (IsTooMuchForTransaction(context, delivery, settled))
        {
            return CorrectInNextBlock(context, key);
        }

        return LateReadings(context, delivery, settled).Any()
            ? CorrectNow(context, key)
            : Outcome.Refused("nothing-new", $"No late reading has come in for the delivery at {delivery}.");
    }

    private bool IsTooMuchForTransaction(CallContext context, Instant delivery, SettledPeriod settled) =>
        registry.MemberCount(context) > MostMembersInTransaction
        || (settled.Metered.Length > MostNeighboursInTransaction
            && governance.ParametersAt(context, delivery) is { } parameters
            && SharesByDistance(parameters, settled.Metered.Length));

    private Outcome CorrectInNextBlock(CallContext context, TimeKey key)
    {
        if (!correctionsDue.Has(context, key))
        {
            correctionsDue.Put(context, key, new Count(context.Height));
            ScheduleStep(context, context.Time, CorrectLarge, key.Time);
        }

        return Outcome.Done;
    }

    private Outcome CorrectScheduled(CallContext context, PeriodStep step)
    {
        var key = new TimeKey(new Instant(step.DeliveryMs));
        correctionsDue.Remove(context, key);
        return CorrectNow(context, key);
    }

    private Outcome CorrectNow(CallContext context, TimeKey key)
    {
        Instant delivery = key.Time;
        if (!correctable.TryFind(context, key, out SettledPeriod settled)
            || LateReadings(context, delivery, settled).ToList() is not { Count: > 0 } late)
        {
            // Nothing has come in, or the period was forgotten since somebody asked.
            return Outcome.Done;
        }

        foreach (MeteredEnergy reading in late)
        {
            metering.ForgetEstimate(context, new PeriodMember(delivery, reading.Member));
        }

        IReadOnlyList<KeyValuePair<MemberNumber, Member>> members = registry.Members(context);
        MeteredEnergy[] metered = WithLate(settled.Metered, late);
        SettledPeriod corrected = settled with { Metered = metered, Trades = TradesAfter(context, delivery, settled, members, metered) };
        IReadOnlyList<SettlementLine> differences = Correction.Between(LinesOf(settled), LinesOf(corrected));
        Book(context, members, differences, releases: [], delivery);
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

    private IEnumerable<MeteredEnergy> LateReadings(CallContext context, Instant delivery, SettledPeriod settled)
    {
        foreach ((PeriodMember estimate, Estimate value) in metering.EstimatesOf(context, new DeliveryPeriod(delivery, settled.PeriodLength)))
        {
            if (value.Reported is { } net)
            {
                yield return new MeteredEnergy(estimate.Member, net);
            }
        }
    }

    // What was traded stays; what was shared is shared anew, since readings alone decide it.
    private TradeList TradesAfter(
        CallContext context,
        Instant delivery,
        SettledPeriod settled,
        IReadOnlyList<KeyValuePair<MemberNumber, Member>> members,
        MeteredEnergy[] metered) =>
        governance.ParametersAt(context, delivery) is { IsSharing: true } parameters
            ? Share(context, parameters, members, metered, new TariffRates(settled.Terms.Retail, settled.Terms.FeedIn))
            : settled.Trades;

    // Both stand by member.
    private static MeteredEnergy[] WithLate(MeteredEnergy[] settled, List<MeteredEnergy> late)
    {
        MeteredEnergy[] newest = [.. settled];
        int next = 0;
        for (int index = 0; index < newest.Length && next < late.Count; index++)
        {
            if (newest[index].Member == late[next].Member)
            {
                newest[index] = late[next];
                next++;
            }
        }

        return newest;
    }

    private static IReadOnlyList<SettlementLine> LinesOf(SettledPeriod settled) =>
        PeriodSettlement.Settle(settled.Trades.Trades, settled.Metered, settled.Terms);
}
