using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Contracts.Wallet;

/// <summary>What somebody has, and may spend.</summary>
/// <param name="Balance">What he has; negative for a debt. All balances on a ledger add up to zero.</param>
/// <param name="Locked">What is set aside for orders and purchases that are not settled yet; zero or more.</param>
/// <param name="CreditLine">How far his orders may take him into debt; zero or more.</param>
public readonly record struct Account(Money Balance, Money Locked, Money CreditLine) : ICanonical<Account>
{
    /// <summary>What he may still lock: balance and credit line without what is locked.</summary>
    public Money Available => Balance + CreditLine - Locked;

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Int64(Balance.Micros);
        writer.Int64(Locked.Micros);
        writer.Int64(CreditLine.Micros);
    }

    /// <inheritdoc/>
    public static Account Read(ref CanonicalReader reader) =>
        new(new Money(reader.Int64()), new Money(reader.Int64()), new Money(reader.Int64()));
}
