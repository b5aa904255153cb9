using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Staking;

/// <summary>Whose money is given back, and when.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Due">When.</param>
public readonly record struct LeavingKey(Address Member, Instant Due) : ICanonical<LeavingKey>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Member.Write(ref writer);
        writer.Instant(Due);
    }

    /// <inheritdoc/>
    public static LeavingKey Read(ref CanonicalReader reader) => new(Address.Read(ref reader), reader.Instant());
}

/// <summary>Money that has no vote any more and waits to be given back.</summary>
/// <param name="Amount">How much; more than zero.</param>
public readonly record struct LeavingStake(Money Amount) : ICanonical<LeavingStake>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer) => writer.Int64(Amount.Micros);

    /// <inheritdoc/>
    public static LeavingStake Read(ref CanonicalReader reader) => new(new Money(reader.Int64()));
}
