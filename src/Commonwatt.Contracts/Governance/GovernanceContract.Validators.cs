using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Contracts.Governance;

/// <content>Who votes on blocks: those whom the manager names, or whom stake makes validators; and never again who signed two blocks of one height.</content>
public sealed partial class GovernanceContract
{
    /// <summary>Whether somebody is a validator by the newest change, which need not be in force yet.</summary>
    public bool IsValidator(StateReader state, Address sender) => SystemTables.NewestValidators(state).Find(sender) is not null;

    /// <summary>Whether a validator was convicted of equivocation: its key votes nevermore.</summary>
    public bool IsStruck(StateReader state, Address validator) => struck.Has(state, validator);

    /// <summary>Whether stake decides who votes, and not the manager.</summary>
    public bool StakeDecides(StateReader state) => byStake.Has(state, Address.Nobody);

    /// <summary>Leaves it to stake who votes, or to the manager again.</summary>
    internal void LetStakeDecide(CallContext context, bool decides)
    {
        if (decides)
        {
            byStake.Put(context, Address.Nobody, new Count(context.Height));
        }
        else
        {
            byStake.Remove(context, Address.Nobody);
        }
    }

    private Outcome SetValidators(CallContext context, SetValidators call)
    {
        if (RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (StakeDecides(context))
        {
            return Outcome.Refused("power-by-stake", "Stake decides who votes on this ledger: switch that off first (staking.switch-off).");
        }

        ValidatorMember[] chosen = [.. call.Validators.Select(one => new ValidatorMember(PublicKey.FromCompressed(one.PublicKey.Span), one.Power))];
        if (Array.Find(chosen, validator => IsStruck(context, validator.Address)) is { } wrong)
        {
            return StruckValidator(wrong.Address);
        }

        try
        {
            SystemTables.ChangeValidators(context, new ValidatorSet(chosen));
            return Outcome.Done;
        }
        catch (ArgumentException)
        {
            return Outcome.Refused("wrong-validators", "A validator set has 1 to 1000 validators, each once, each with a voting power of 1 to 2147483647.");
        }
    }

    /// <summary>Refuses the key of a validator that was struck.</summary>
    internal static Outcome StruckValidator(Address validator) =>
        Outcome.Refused("struck-validator", $"The validator {validator} signed two blocks of one height: its key votes nevermore. Choose a new key.");

    // What costs little is checked first: a report that is of no use must not cost the others two verifications.
    private Outcome ReportEquivocation(CallContext context, ReportEquivocation call)
    {
        if (Read(call) is not { } evidence)
        {
            return Outcome.Refused("wrong-evidence", "These bytes are no evidence: it takes two votes of one validator for two headers of one ledger and height, the header with the lesser hash first.");
        }

        if (IsStruck(context, evidence.Validator))
        {
            return Outcome.Refused("already-struck", $"The validator {evidence.Validator} was struck for such evidence before.");
        }

        if (SystemTables.FindValidator(context, context.Height, evidence.Validator) is not { } accused)
        {
            return Outcome.Refused("no-such-validator", $"{evidence.Validator} is no validator now, nor announced as one: it has no power to lose.");
        }

        context.CountWork(2 * TransactionLimits.AccessesPerSignature);
        return evidence.FindFault(context.LedgerId, accused.Key) is { } fault ? Outcome.Refused("not-convicting", fault) : Strike(context, evidence);
    }

    private static Equivocation? Read(ReportEquivocation call)
    {
        try
        {
            return Equivocation.Decode(call.Evidence.Span);
        }
        catch (MalformedBytesException)
        {
            return null;
        }
    }

    // The set to take it from is the newest announced one: from the one in force, an earlier change of these two blocks would be undone.
    private Outcome Strike(CallContext context, Equivocation evidence)
    {
        ValidatorSet newest = SystemTables.NewestValidators(context);
        ValidatorMember[] others = [.. newest.Members.Where(member => member.Address != evidence.Validator)];
        if (others.Length == 0)
        {
            return Outcome.Refused("last-validator", $"{evidence.Validator} is the only validator, and a ledger without one ends: name another, then report it again.");
        }

        struck.Put(context, evidence.Validator, new Count(context.Height));
        if (others.Length < newest.Members.Count)
        {
            SystemTables.ChangeValidators(context, new ValidatorSet(others));
        }

        context.Emit(new ValidatorStruck(evidence.Validator, evidence.First.Header.Height, evidence.First.HeaderHash, evidence.Second.HeaderHash));
        return Outcome.Done;
    }

    // Which versions a build has differs from node to node, so no rule may ask for it: a node that lacks one stops before its height.
    private Outcome SetRules(CallContext context, SetRules call)
    {
        if (RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (call.Version == 0 || call.Height <= context.Height)
        {
            return Outcome.Refused("wrong-height", $"A version of the rules, from 1, takes force at a height above {context.Height}: version {call.Version} at {call.Height} does not.");
        }

        SystemTables.ChangeRules(context, call.Version, call.Height);
        return Outcome.Done;
    }
}
