using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Mandates;

/// <content>What an agent's orders must keep to. The market asks before it takes one.</content>
public sealed partial class MandateContract
{
    /// <summary>Whether the sender acts for a member now.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="member">The member's number.</param>
    /// <param name="address">The member's address, for the sentence of a refusal.</param>
    internal Outcome CheckAgent(CallContext context, MemberId member, Address address) =>
        MandateOf(context, member) is { } mandate && mandate.Agent == context.Sender && mandate.HoldsAt(context.Time)
            ? Outcome.Done
            : Outcome.Refused("no-mandate", $"{context.Sender} holds no mandate of {address} at {context.Time}.");

    /// <summary>Counts an order that the sender places for a member, if the mandate allows it. <see cref="CheckAgent"/> comes first.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="member">The member.</param>
    /// <param name="delivery">When delivery starts.</param>
    /// <param name="side">Bid or ask.</param>
    /// <param name="price">The limit price.</param>
    /// <param name="quantity">How much; more than zero.</param>
    internal Outcome Use(CallContext context, MemberId member, Instant delivery, Side side, Price price, Energy quantity)
    {
        Mandate mandate = MandateOf(context, member) ?? throw new BrokenInvariantException($"Member {member.Value} has an agent and no mandate.");
        if (!mandate.HoldsAt(delivery))
        {
            return Beyond($"holds for deliveries from {mandate.From} until {mandate.Until}: one that starts at {delivery} is outside.");
        }

        if (!mandate.Allows(side))
        {
            return Beyond(side == Side.Buy ? "is to sell, not to buy." : "is to buy, not to sell.");
        }

        if (price < mandate.Lowest || price > mandate.Highest)
        {
            return Beyond($"is for prices of {mandate.Lowest.ToDecimal()} to {mandate.Highest.ToDecimal()} a kWh: {price.ToDecimal()} is outside.");
        }

        Energy before = PlacedIn(context, member, delivery);
        if (before + quantity > mandate.MostPerHour)
        {
            return Beyond($"is for {mandate.MostPerHour} an hour: {before} are placed in this one, and {quantity} more exceed it.");
        }

        PutPlaced(context, member, delivery, before, before + quantity);
        return Outcome.Done;
    }

    /// <summary>An order that an agent had placed does not stand any more: it was withdrawn or replaced before the gate.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="member">The member.</param>
    /// <param name="delivery">When delivery starts.</param>
    /// <param name="quantity">The order's quantity.</param>
    internal void GiveBack(CallContext context, MemberId member, Instant delivery, Energy quantity)
    {
        Energy before = PlacedIn(context, member, delivery);
        PutPlaced(context, member, delivery, before, before - quantity);
    }

    private static Outcome Beyond(string sentence) => Outcome.Refused("beyond-mandate", $"The mandate {sentence}");

    private void PutPlaced(CallContext context, MemberId member, Instant delivery, Energy before, Energy after)
    {
        MemberHour key = KeyOf(member, delivery);
        if (after.IsZero)
        {
            placed.Remove(context, key);
            return;
        }

        if (before.IsZero)
        {
            ForgetPastHours(context, key.Member);
        }

        placed.Put(context, key, new Count((ulong)after.WattHours));
    }

    // No order is placed for a delivery in an hour that is over, so that what was placed there counts no more.
    private void ForgetPastHours(CallContext context, MemberNumber member)
    {
        foreach ((MemberHour hour, _) in placed.StartingWith(context, member))
        {
            if (hour.Hour + Hour <= context.Time)
            {
                placed.Remove(context, hour);
            }
        }
    }

    private static MemberHour KeyOf(MemberId member, Instant time) =>
        new(new MemberNumber(member), DeliveryPeriod.Containing(time, Hour).Start);
}
