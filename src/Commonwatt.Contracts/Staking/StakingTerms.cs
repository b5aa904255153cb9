using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;

namespace Commonwatt.Contracts.Staking;

/// <summary>How stake becomes voting power in a community.</summary>
/// <param name="Minimum">The least a member must stake to have a vote; more than zero.</param>
/// <param name="Maturity">After how long a stake counts fully.</param>
/// <param name="Unbonding">How long money stays after its owner asked for it; not less than <paramref name="Recount"/>, so that nobody votes with money he has back.</param>
/// <param name="Recount">How often votes are counted anew.</param>
public sealed record StakingTerms(Money Minimum, TimeSpan Maturity, TimeSpan Unbonding, TimeSpan Recount) : ICanonical<StakingTerms>
{
    private const long Minute = 60_000;
    private const long Year = 366 * 24 * 60 * Minute;
    private const long MostMinimum = 1_000_000_000_000_000;

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(Minimum.Micros);
        writer.Int64(Maturity.Ticks);
        writer.Int64(Unbonding.Ticks);
        writer.Int64(Recount.Ticks);
    }

    /// <inheritdoc/>
    public static StakingTerms Read(ref CanonicalReader reader) =>
        new(new Money(reader.Int64()), new TimeSpan(reader.Int64()), new TimeSpan(reader.Int64()), new TimeSpan(reader.Int64()));

    /// <summary>Whether the terms in a call are some that can hold.</summary>
    internal static Outcome Check(SetStakingTerms call)
    {
        if (call.MinimumStake is <= 0 or > MostMinimum)
        {
            return Wrong($"The least stake is {new Money(1).ToDecimal()} to {new Money(MostMinimum).ToDecimal()}, not {new Money(call.MinimumStake).ToDecimal()}.");
        }

        if (call.MaturityMs is < Minute or > 10 * Year)
        {
            return Wrong($"A stake counts fully after a minute at least and ten years at most: {Minute} to {10 * Year} ms, not {call.MaturityMs}.");
        }

        if (call.RecountMs is < Minute or > Year)
        {
            return Wrong($"Votes are counted anew every minute at most and every year at least: {Minute} to {Year} ms, not {call.RecountMs}.");
        }

        return call.UnbondingMs >= call.RecountMs && call.UnbondingMs <= Year
            ? Outcome.Done
            : Wrong($"Money stays for one recount at least, so that nobody votes with what he has back, and a year at most: {call.RecountMs} to {Year} ms, not {call.UnbondingMs}.");
    }

    /// <summary>The terms in a call that was checked.</summary>
    internal static StakingTerms From(SetStakingTerms call) =>
        new(new Money(call.MinimumStake), Milliseconds(call.MaturityMs), Milliseconds(call.UnbondingMs), Milliseconds(call.RecountMs));

    private static TimeSpan Milliseconds(long count) => new(count * TimeSpan.TicksPerMillisecond);

    private static Outcome Wrong(string sentence) => Outcome.Refused("wrong-terms", sentence);
}
