using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;

namespace Commonwatt.Contracts.Mandates;

/// <summary>Who may trade in a member's name, and how far: a mandate that he signs, that ends by itself and that he can take back.</summary>
/// <remarks>An agent needs no trust beyond his mandate: the ledger refuses every order outside of it.</remarks>
public sealed partial class MandateContract : Contract
{
    private const string End = "end";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly RegistryContract registry;
    private readonly Table<MemberNumber, Mandate> mandates;
    private readonly Table<Address, Count> agents;
    private readonly Table<MandateEnd, Count> ends;
    private readonly Table<TimeKey, Count> endingHours;
    private readonly Table<MemberHour, Count> placed;

    /// <summary>The contract.</summary>
    public MandateContract(RegistryContract registry)
        : base("mandate")
    {
        this.registry = registry;
        mandates = Table<MemberNumber, Mandate>("mandates");
        agents = Table<Address, Count>("agents");
        ends = Table<MandateEnd, Count>("ends");
        endingHours = Table<TimeKey, Count>("ending-hours");
        placed = Table<MemberHour, Count>("placed");
        On("grant", GrantMandate.Parser, Grant);
        On("withdraw", WithdrawMandate.Parser, Withdraw);
        OnSchedule(End, EndMandates.Parser, EndAll);
    }

    /// <summary>A member's mandate, or null where he gave none or it has ended.</summary>
    public Mandate? MandateOf(StateReader state, MemberId member) =>
        mandates.TryFind(state, new MemberNumber(member), out Mandate mandate) ? mandate : null;

    /// <summary>All mandates by member, those that begin later included.</summary>
    public IReadOnlyList<KeyValuePair<MemberNumber, Mandate>> Mandates(StateReader state) => mandates.All(state);

    /// <summary>Whether somebody holds a mandate that has not ended.</summary>
    public bool IsAgent(StateReader state, Address address) => agents.Has(state, address);

    /// <summary>What an agent has placed for a member for deliveries that start within the hour of a time: open orders and those that cleared.</summary>
    public Energy PlacedIn(StateReader state, MemberId member, Instant time) =>
        new((long)placed.FindOr(state, KeyOf(member, time), default).Value);

    private Outcome Grant(CallContext context, GrantMandate call)
    {
        if (!registry.TryFindMember(context, context.Sender, out MemberId member, out _))
        {
            return Outcome.Refused("not-a-member", $"Members give mandates, and {context.Sender} is none.");
        }

        if (call.Sides is < (uint)MandateSides.Buy or > (uint)MandateSides.Both)
        {
            return Outcome.Refused("wrong-side", $"An agent buys (1), sells (2) or does both (3): {call.Sides} is none of these.");
        }

        var mandate = new Mandate(
            Addresses.From(call.Agent),
            (MandateSides)call.Sides,
            new Price(call.LowestPrice),
            new Price(call.HighestPrice),
            new Energy(call.MostWhPerHour),
            new Instant(call.FromMs),
            new Instant(call.UntilMs));
        if (Check(context, mandate) is { IsDone: false } wrong)
        {
            return wrong;
        }

        Remove(context, member);
        Put(context, member, mandate);
        context.Emit(new MandateGranted(member, mandate));
        return Outcome.Done;
    }

    private static Outcome Check(CallContext context, Mandate mandate)
    {
        if (mandate.Agent == Address.Nobody || mandate.Agent == context.Sender || CommunityAccounts.Has(mandate.Agent))
        {
            return Outcome.Refused("wrong-agent", $"{mandate.Agent} cannot be your agent: it is somebody else with a key of his own.");
        }

        if (mandate.Lowest.IsNegative || mandate.Highest < mandate.Lowest || mandate.Highest > CommunityLimits.HighestPrice)
        {
            return Outcome.Refused("wrong-price", $"Prices go from the lowest to the highest, within 0 and {CommunityLimits.HighestPrice.ToDecimal()} a kWh: {mandate.Lowest.ToDecimal()} to {mandate.Highest.ToDecimal()} are given.");
        }

        Energy most = CommunityLimits.HighestPower.For(Hour);
        if (mandate.MostPerHour <= Energy.Zero || mandate.MostPerHour > most)
        {
            return Outcome.Refused("wrong-quantity", $"An agent trades more than 0 kWh an hour and at most {most}, not {mandate.MostPerHour}.");
        }

        if (mandate.Until <= context.Time || mandate.Until > context.Time + CommunityLimits.LongestMandate || mandate.From >= mandate.Until)
        {
            return Outcome.Refused("wrong-time", $"A mandate ends after it begins, in the future and within {CommunityLimits.LongestMandate.Days} days: it is given from {mandate.From} until {mandate.Until}.");
        }

        return DeliveryPeriod.IsStart(mandate.Until, Hour)
            ? Outcome.Done
            : Outcome.Refused("wrong-time", $"A mandate ends on the hour, so that it cuts no delivery: {mandate.Until} is not on one.");
    }

    private Outcome Withdraw(CallContext context, WithdrawMandate call)
    {
        if (!registry.TryFindMember(context, context.Sender, out MemberId member, out _) || !Remove(context, member))
        {
            return Outcome.Refused("no-mandate", $"{context.Sender} has given no mandate, or it has ended.");
        }

        context.Emit(new MandateWithdrawn(member));
        return Outcome.Done;
    }

    // A mark for each hour keeps the schedule from filling up with one call for each grant.
    private void Put(CallContext context, MemberId member, Mandate mandate)
    {
        var number = new MemberNumber(member);
        mandates.Put(context, number, mandate);
        agents.Put(context, mandate.Agent, new Count(agents.FindOr(context, mandate.Agent, default).Value + 1));
        ends.Put(context, new MandateEnd(mandate.Until, number), new Count(context.Height));
        var hour = new TimeKey(mandate.Until);
        if (!endingHours.Has(context, hour))
        {
            endingHours.Put(context, hour, new Count(context.Height));
            Schedule(context, mandate.Until, End, new EndMandates { AtMs = mandate.Until.UnixMilliseconds });
        }
    }

    private bool Remove(CallContext context, MemberId member)
    {
        var number = new MemberNumber(member);
        if (!mandates.TryFind(context, number, out Mandate mandate))
        {
            return false;
        }

        mandates.Remove(context, number);
        ends.Remove(context, new MandateEnd(mandate.Until, number));
        ulong left = agents.FindOr(context, mandate.Agent, default).Value - 1;
        if (left == 0)
        {
            agents.Remove(context, mandate.Agent);
        }
        else
        {
            agents.Put(context, mandate.Agent, new Count(left));
        }

        return true;
    }

    private Outcome EndAll(CallContext context, EndMandates call)
    {
        var hour = new TimeKey(new Instant(call.AtMs));
        endingHours.Remove(context, hour);
        foreach ((MandateEnd end, _) in ends.StartingWith(context, hour))
        {
            Remove(context, end.Member.Id);
            ForgetPastHours(context, end.Member);
        }

        return Outcome.Done;
    }
}
