using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Execution;

/// <summary>Block time: the weighted median of the validators' latest clock readings in the log, never before the parent's time.</summary>
/// <remarks>Validators with half of the voting power or more would have to lie together to move it.</remarks>
public static class BlockClock
{
    /// <summary>The time of the block that <paramref name="proposer"/>'s batch becomes.</summary>
    /// <param name="state">The state before the block.</param>
    /// <param name="validators">The validators of the block.</param>
    /// <param name="proposer">Whose batch it is.</param>
    /// <param name="reading">The clock reading in it.</param>
    /// <param name="parent">The time of the block below.</param>
    public static Instant Time(StateReader state, ValidatorSet validators, Address proposer, Instant reading, Instant parent)
    {
        ArgumentNullException.ThrowIfNull(validators);
        var readings = new List<(Instant Clock, ulong Power)>();
        ulong heard = 0;
        foreach (ValidatorMember validator in validators.Members)
        {
            bool isProposer = validator.Address == proposer;
            if (!isProposer && !SystemTables.Proposers.Has(state, validator.Address))
            {
                continue;
            }

            Instant clock = isProposer ? reading : SystemTables.Proposers.FindOr(state, validator.Address, default).Clock;
            readings.Add((clock, validator.Power));
            heard += validator.Power;
        }

        readings.Sort((one, other) => one.Clock.CompareTo(other.Clock));
        ulong passed = 0;
        foreach ((Instant clock, ulong power) in readings)
        {
            passed += power;
            if (passed * 2 >= heard)
            {
                return Instant.Max(parent, clock);
            }
        }

        return parent;
    }
}
