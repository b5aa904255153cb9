using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Ledger.Execution;

/// <summary>Block time: the weighted median of the validators' latest clock readings in the log, never before the parent's time.</summary>
/// <remarks>
/// Validators with half of the voting power or more would have to lie together to move it. One that has published nothing
/// yet counts with the parent's time: else the first to publish would set the time alone.
/// </remarks>
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
        foreach (ValidatorMember validator in validators.Members)
        {
            Instant clock = validator.Address == proposer ? reading
                : SystemTables.Proposers.TryFind(state, validator.Address, out ProposerRecord last) ? last.Clock
                : parent;
            readings.Add((clock, validator.Power));
        }

        readings.Sort((one, other) => one.Clock.CompareTo(other.Clock));
        ulong passed = 0;
        foreach ((Instant clock, ulong power) in readings)
        {
            passed += power;
            if (passed * 2 >= validators.TotalPower)
            {
                return Instant.Max(parent, clock);
            }
        }

        return parent;
    }
}
