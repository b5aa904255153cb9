using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Staking;

/// <content>Votes are counted anew, time and again: stakes have aged, come and gone.</content>
public sealed partial class StakingContract
{
    // Terms may change, and stop and start, while a recount is due: the one of an earlier round does nothing.
    private Outcome CountVotes(CallContext context, RecountStakes call)
    {
        if (!governance.StakeDecides(context) || call.Round != Round(context))
        {
            return Outcome.Done;
        }

        StakingTerms rules = Terms(context);
        ScheduleRecount(context, context.Time + rules.Recount, call.Round);
        Candidate[] candidates = Candidates(context, rules, WithoutStruck(context));
        if (candidates.Length < VotingPower.Fewest)
        {
            context.Emit(new TooFewStakes((uint)candidates.Length, VotingPower.Fewest));
        }
        else
        {
            Elect(context, candidates);
        }

        return Outcome.Done;
    }

    // What stands behind a validator that was struck goes back to its owner.
    private List<KeyValuePair<Address, Stake>> WithoutStruck(CallContext context)
    {
        var standing = new List<KeyValuePair<Address, Stake>>();
        foreach (KeyValuePair<Address, Stake> entry in stakes.All(context))
        {
            if (governance.IsStruck(context, entry.Value.Validator))
            {
                TakeOut(context, entry.Key, entry.Value, entry.Value.Total);
            }
            else
            {
                standing.Add(entry);
            }
        }

        return standing;
    }

    // From the greatest weight to the least; among equal ones the lesser address comes first.
    private static Candidate[] Candidates(CallContext context, StakingTerms rules, List<KeyValuePair<Address, Stake>> standing) =>
    [
        .. standing
            .Where(entry => entry.Value.Total >= rules.Minimum)
            .Select(entry => new Candidate(entry.Key, entry.Value, entry.Value.WeightAt(context.Time, rules.Maturity)))
            .OrderByDescending(candidate => candidate.Weight)
            .ThenBy(candidate => candidate.Member)
            .Take(VotingPower.Most),
    ];

    private static void Elect(CallContext context, Candidate[] candidates)
    {
        long[] powers = VotingPower.Of(Array.ConvertAll(candidates, candidate => candidate.Weight));
        var members = new ValidatorMember[candidates.Length];
        var counted = new StakedPower[candidates.Length];
        for (int index = 0; index < candidates.Length; index++)
        {
            Candidate candidate = candidates[index];
            members[index] = new ValidatorMember(candidate.Stake.Key(), (ulong)powers[index]);
            counted[index] = new StakedPower(candidate.Member, candidate.Stake.Validator, members[index].Power);
        }

        var elected = new ValidatorSet(members);
        if (elected.SetHash() != SystemTables.NewestValidators(context).SetHash())
        {
            SystemTables.ChangeValidators(context, elected);
            context.Emit(new VotesCounted([.. counted.OrderBy(power => power.Member)]));
        }
    }

    private void ScheduleRecount(CallContext context, Instant at, ulong ofRound) => Schedule(context, at, Recount, new RecountStakes { Round = ofRound });

    private ulong Round(StateReader state) => round.FindOr(state, Address.Nobody, default).Value;

    private ulong NextRound(CallContext context)
    {
        ulong next = Round(context) + 1;
        round.Put(context, Address.Nobody, new Count(next));
        return next;
    }

    private readonly record struct Candidate(Address Member, Stake Stake, long Weight);
}
