using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts.Staking;

/// <summary>Money that a member staked at one time.</summary>
/// <param name="Amount">How much; more than zero.</param>
/// <param name="Since">From when on it ages.</param>
public readonly record struct Bond(Money Amount, Instant Since) : ICanonical<Bond>
{
    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(Amount.Micros);
        writer.Instant(Since);
    }

    /// <inheritdoc/>
    public static Bond Read(ref CanonicalReader reader) => new(new Money(reader.Int64()), reader.Instant());
}
