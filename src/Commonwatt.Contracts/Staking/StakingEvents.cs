using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Staking;

/// <summary>Stake decides who votes from now on, by these terms; or the manager does again.</summary>
/// <param name="IsOn">Whether stake decides.</param>
/// <param name="Terms">The terms; those of before where stake decides no more.</param>
public sealed record StakingSwitched(bool IsOn, StakingTerms Terms) : IEvent<StakingSwitched>
{
    /// <inheritdoc/>
    public static string Name => "staking.switched";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Boolean(IsOn);
        Terms.Write(ref writer);
    }

    /// <inheritdoc/>
    public static StakingSwitched Read(ref CanonicalReader reader) => new(reader.Boolean(), StakingTerms.Read(ref reader));
}

/// <summary>A member staked money.</summary>
/// <param name="Member">Who.</param>
/// <param name="Amount">How much.</param>
/// <param name="Validator">Who has its power.</param>
public readonly record struct StakeBonded(Address Member, Money Amount, Address Validator) : IEvent<StakeBonded>
{
    /// <inheritdoc/>
    public static string Name => "staking.bonded";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Member.Write(ref writer);
        writer.Int64(Amount.Micros);
        Validator.Write(ref writer);
    }

    /// <inheritdoc/>
    public static StakeBonded Read(ref CanonicalReader reader) =>
        new(Address.Read(ref reader), new Money(reader.Int64()), Address.Read(ref reader));
}

/// <summary>Staked money counts no more and goes back to its owner: he asked for it, or his validator was struck.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Amount">How much.</param>
/// <param name="Due">When he has it back.</param>
public readonly record struct StakeUnbonded(Address Member, Money Amount, Instant Due) : IEvent<StakeUnbonded>
{
    /// <inheritdoc/>
    public static string Name => "staking.unbonded";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Member.Write(ref writer);
        writer.Int64(Amount.Micros);
        writer.Instant(Due);
    }

    /// <inheritdoc/>
    public static StakeUnbonded Read(ref CanonicalReader reader) =>
        new(Address.Read(ref reader), new Money(reader.Int64()), reader.Instant());
}

/// <summary>A recount gave other voting powers than there were.</summary>
/// <param name="Powers">By ascending address of the member.</param>
public sealed record VotesCounted(IReadOnlyList<StakedPower> Powers) : IEvent<VotesCounted>
{
    /// <inheritdoc/>
    public static string Name => "staking.counted";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32((uint)Powers.Count);
        foreach (StakedPower power in Powers)
        {
            power.Write(ref writer);
        }
    }

    /// <inheritdoc/>
    public static VotesCounted Read(ref CanonicalReader reader)
    {
        var powers = new List<StakedPower>();
        for (uint left = reader.UInt32(); left > 0; left--)
        {
            powers.Add(StakedPower.Read(ref reader));
        }

        return new VotesCounted(powers);
    }
}

/// <summary>The voting power that a member's stake gives his validator.</summary>
/// <param name="Member">Who staked.</param>
/// <param name="Validator">Who votes.</param>
/// <param name="Power">With which power.</param>
public readonly record struct StakedPower(Address Member, Address Validator, ulong Power) : ICanonical<StakedPower>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Member.Write(ref writer);
        Validator.Write(ref writer);
        writer.UInt64(Power);
    }

    /// <inheritdoc/>
    public static StakedPower Read(ref CanonicalReader reader) => new(Address.Read(ref reader), Address.Read(ref reader), reader.UInt64());
}

/// <summary>A recount found too few stakes for each to stay below a third of the power: the validators stay who they were.</summary>
/// <param name="Found">How many stakes count.</param>
/// <param name="Needed">How many it takes.</param>
public readonly record struct TooFewStakes(uint Found, uint Needed) : IEvent<TooFewStakes>
{
    /// <inheritdoc/>
    public static string Name => "staking.too-few";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.UInt32(Found);
        writer.UInt32(Needed);
    }

    /// <inheritdoc/>
    public static TooFewStakes Read(ref CanonicalReader reader) => new(reader.UInt32(), reader.UInt32());
}
