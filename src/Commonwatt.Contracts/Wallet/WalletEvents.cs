using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Wallet;

/// <summary>Money went from one account to another outside of a settlement: a deposit, a withdrawal, a transfer.</summary>
/// <param name="From">Who paid.</param>
/// <param name="To">Who got it.</param>
/// <param name="Amount">How much; more than zero.</param>
public readonly record struct Transferred(Address From, Address To, Money Amount) : IEvent<Transferred>
{
    /// <inheritdoc/>
    public static string Name => "wallet.transferred";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        From.Write(ref writer);
        To.Write(ref writer);
        writer.Int64(Amount.Micros);
    }

    /// <inheritdoc/>
    public static Transferred Read(ref CanonicalReader reader) =>
        new(Address.Read(ref reader), Address.Read(ref reader), new Money(reader.Int64()));
}

/// <summary>A member's credit line was set.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Amount">How far his orders may take him into debt.</param>
public readonly record struct CreditLineSet(Address Member, Money Amount) : IEvent<CreditLineSet>
{
    /// <inheritdoc/>
    public static string Name => "wallet.credit-line-set";

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        Member.Write(ref writer);
        writer.Int64(Amount.Micros);
    }

    /// <inheritdoc/>
    public static CreditLineSet Read(ref CanonicalReader reader) => new(Address.Read(ref reader), new Money(reader.Int64()));
}
