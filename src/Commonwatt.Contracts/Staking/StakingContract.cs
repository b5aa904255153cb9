using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Contracts.Staking;

/// <summary>Voting power by stake, where the community chose it: members stake money behind validators, and it weighs more the longer it stays.</summary>
/// <remarks>
/// Source 003, section 3 proposes to vote by stake, which are the rewards a member got, with their age as a second factor so that not
/// only the richest decides. A member has one validator and a validator one member: two names for one owner would pass the cap.
/// </remarks>
public sealed partial class StakingContract : Contract
{
    private const string Recount = "recount";
    private const string Return = "return";

    private readonly GovernanceContract governance;
    private readonly RegistryContract registry;
    private readonly WalletContract wallet;
    private readonly Table<Address, StakingTerms> terms;
    private readonly Table<Address, Count> round;
    private readonly Table<Address, Stake> stakes;
    private readonly Table<Address, Address> owners;
    private readonly Table<LeavingKey, LeavingStake> leaving;

    /// <summary>The contract.</summary>
    public StakingContract(GovernanceContract governance, RegistryContract registry, WalletContract wallet)
        : base("staking")
    {
        this.governance = governance;
        this.registry = registry;
        this.wallet = wallet;
        terms = Table<Address, StakingTerms>("terms");
        round = Table<Address, Count>("round");
        stakes = Table<Address, Stake>("stakes");
        owners = Table<Address, Address>("owners");
        leaving = Table<LeavingKey, LeavingStake>("leaving");
        On("set-terms", SetStakingTerms.Parser, SetTerms);
        On("switch-off", SwitchOffStaking.Parser, SwitchOff);
        On("bond", BondStake.Parser, Bond);
        On("unbond", UnbondStake.Parser, Unbond);
        OnSchedule(Recount, RecountStakes.Parser, CountVotes);
        OnSchedule(Return, ReturnStake.Parser, GiveBack);
    }

    /// <summary>The newest terms, or null where there never were any. Whether they are in force says <see cref="GovernanceContract.StakeDecides"/>.</summary>
    public StakingTerms? TermsOf(StateReader state) => terms.TryFind(state, Address.Nobody, out StakingTerms found) ? found : null;

    /// <summary>What a member stakes, or null where he stakes nothing.</summary>
    public Stake? StakeOf(StateReader state, Address member) => stakes.TryFind(state, member, out Stake found) ? found : null;

    /// <summary>All stakes by member.</summary>
    public IReadOnlyList<KeyValuePair<Address, Stake>> Stakes(StateReader state) => stakes.All(state);

    /// <summary>What a member has staked and will have back, by the time when.</summary>
    public IReadOnlyList<KeyValuePair<LeavingKey, LeavingStake>> LeavingOf(StateReader state, Address member) => leaving.StartingWith(state, member);

    private Outcome SetTerms(CallContext context, SetStakingTerms call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (StakingTerms.Check(call) is { IsDone: false } wrong)
        {
            return wrong;
        }

        var chosen = StakingTerms.From(call);
        terms.Put(context, Address.Nobody, chosen);
        governance.LetStakeDecide(context, decides: true);
        context.Emit(new StakingSwitched(IsOn: true, chosen));
        ScheduleRecount(context, context.Time, NextRound(context));
        return Outcome.Done;
    }

    // Stakes stay until their owners ask for them: to return all at once may be too much for a transaction.
    private Outcome SwitchOff(CallContext context, SwitchOffStaking call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (!governance.StakeDecides(context))
        {
            return IsOff();
        }

        NextRound(context);
        governance.LetStakeDecide(context, decides: false);
        context.Emit(new StakingSwitched(IsOn: false, Terms(context)));
        return Outcome.Done;
    }

    private Outcome Bond(CallContext context, BondStake call)
    {
        if (!governance.StakeDecides(context))
        {
            return IsOff();
        }

        if (!registry.TryFindMember(context, context.Sender, out _, out _))
        {
            return Outcome.Refused("not-a-member", $"Members stake, and {context.Sender} is none.");
        }

        context.CountWork(TransactionLimits.AccessesPerSignature);
        var key = PublicKey.FromCompressed(call.ValidatorPublicKey.Span);
        if (CheckValidator(context, Address.Of(key)) is { IsDone: false } wrong)
        {
            return wrong;
        }

        var amount = new Money(call.Amount);
        Stake? before = StakeOf(context, context.Sender);
        Money least = Money.Max(new Money(1), Terms(context).Minimum - (before?.Total ?? Money.Zero));
        return amount < least
            ? Outcome.Refused("wrong-amount", $"A stake is {Terms(context).Minimum.ToDecimal()} or more in all: {least.ToDecimal()} at least are to be staked now, not {amount.ToDecimal()}.")
            : Bond(context, key, before, amount);
    }

    private Outcome CheckValidator(CallContext context, Address validator)
    {
        if (governance.IsStruck(context, validator))
        {
            return GovernanceContract.StruckValidator(validator);
        }

        if (StakeOf(context, context.Sender) is { } stake && stake.Validator != validator)
        {
            return Outcome.Refused("other-validator", $"You stake behind {stake.Validator}: unbond all of it before you stake behind another.");
        }

        return owners.TryFind(context, validator, out Address owner) && owner != context.Sender
            ? Outcome.Refused("validator-taken", $"Another member stakes behind {validator} already: a validator votes for one.")
            : Outcome.Done;
    }

    private Outcome Bond(CallContext context, PublicKey key, Stake? before, Money amount)
    {
        Outcome paid = wallet.PayFrom(context, context.Sender, CommunityAccounts.Stakes, amount, "staked");
        if (!paid.IsDone)
        {
            return paid;
        }

        var bond = new Bond(amount, context.Time);
        Stake stake = before?.With(bond) ?? Stake.Behind(key, bond);
        stakes.Put(context, context.Sender, stake);
        owners.Put(context, stake.Validator, context.Sender);
        context.Emit(new StakeBonded(context.Sender, amount, stake.Validator));
        return Outcome.Done;
    }

    private Outcome Unbond(CallContext context, UnbondStake call)
    {
        var amount = new Money(call.Amount);
        if (StakeOf(context, context.Sender) is not { } stake)
        {
            return Outcome.Refused("no-stake", $"{context.Sender} stakes nothing.");
        }

        if (amount <= Money.Zero || amount > stake.Total)
        {
            return Outcome.Refused("wrong-amount", $"You have {stake.Total.ToDecimal()} staked, of which {amount.ToDecimal()} cannot be unbonded.");
        }

        TakeOut(context, context.Sender, stake, amount);
        return Outcome.Done;
    }

    private void TakeOut(CallContext context, Address member, Stake stake, Money amount)
    {
        if (stake.Without(amount) is { } rest)
        {
            stakes.Put(context, member, rest);
        }
        else
        {
            stakes.Remove(context, member);
            owners.Remove(context, stake.Validator);
        }

        Instant due = context.Time + Terms(context).Unbonding;
        var key = new LeavingKey(member, due);
        if (!leaving.TryFind(context, key, out LeavingStake before))
        {
            Schedule(context, due, Return, new ReturnStake { Member = Google.Protobuf.ByteString.CopyFrom(member.ToArray()), DueMs = due.UnixMilliseconds });
        }

        leaving.Put(context, key, new LeavingStake(before.Amount + amount));
        context.Emit(new StakeUnbonded(member, amount, due));
    }

    private Outcome GiveBack(CallContext context, ReturnStake call)
    {
        var key = new LeavingKey(Addresses.From(call.Member), new Instant(call.DueMs));
        if (leaving.TryFind(context, key, out LeavingStake stake))
        {
            leaving.Remove(context, key);
            wallet.PayOwed(context, CommunityAccounts.Stakes, key.Member, stake.Amount);
        }

        return Outcome.Done;
    }

    private StakingTerms Terms(StateReader state) => TermsOf(state) ?? throw new BrokenInvariantException("Money is staked, and there are no terms.");

    private static Outcome IsOff() =>
        Outcome.Refused("staking-off", "The manager decides who votes on this ledger, not stake. He may change that (staking.set-terms).");
}
