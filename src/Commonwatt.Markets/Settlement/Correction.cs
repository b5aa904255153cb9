namespace Commonwatt.Markets.Settlement;

/// <summary>Books what late readings change: new lines beside the old ones, nothing overwritten.</summary>
public static class Correction
{
    /// <summary>The lines that turn a period's booked settlement into the one its readings now give.</summary>
    /// <param name="booked">All lines booked for the period so far, earlier corrections among them, in any order.</param>
    /// <param name="now">The period settled anew, with the late readings in.</param>
    /// <returns>
    /// A line for each pair of parties and kind whose balance differs, by payer and payee as the pair is ordered, then kind. It runs in the
    /// direction of the difference; its quantity is the difference in energy, its price the one the period settles at now. A
    /// correction is estimated where the new settlement still rests on a stand-in for that pair. Where a stand-in turned out exact, there is nothing to book.
    /// </returns>
    /// <exception cref="OverflowException">A difference does not fit a <see langword="long"/>.</exception>
    public static IReadOnlyList<SettlementLine> Between(IReadOnlyList<SettlementLine> booked, IReadOnlyList<SettlementLine> now)
    {
        ArgumentNullException.ThrowIfNull(booked);
        ArgumentNullException.ThrowIfNull(now);
        SortedDictionary<Account, Difference> differences = [];
        foreach (SettlementLine line in booked)
        {
            Account account = Account.Of(line);
            differences[account] = differences.GetValueOrDefault(account).Without(line, account);
        }

        foreach (SettlementLine line in now)
        {
            Account account = Account.Of(line);
            differences[account] = differences.GetValueOrDefault(account).With(line, account);
        }

        List<SettlementLine> lines = [];
        foreach ((Account account, Difference difference) in differences)
        {
            if (difference.Amount != 0 || difference.Quantity != 0)
            {
                lines.Add(difference.Line(account));
            }
        }

        return lines;
    }

    /// <summary>Two parties, the lower first, and what they pay each other for.</summary>
    private readonly record struct Account(Party Low, Party High, SettlementLineKind Kind) : IComparable<Account>
    {
        public static Account Of(SettlementLine line) =>
            line.From.CompareTo(line.To) <= 0 ? new(line.From, line.To, line.Kind) : new(line.To, line.From, line.Kind);

        public int CompareTo(Account other)
        {
            int result = Low.CompareTo(other.Low);
            result = result != 0 ? result : High.CompareTo(other.High);
            return result != 0 ? result : ((byte)Kind).CompareTo((byte)other.Kind);
        }
    }

    /// <summary>How much more the lower party pays the higher one now than is booked.</summary>
    private readonly record struct Difference(long Quantity, long Amount, Price Price, bool Estimated)
    {
        public Difference With(SettlementLine line, Account account)
        {
            int sign = line.From == account.Low ? 1 : -1;
            return new(Quantity + (sign * line.Quantity.WattHours), Amount + (sign * line.Amount.Micros), line.Price, Estimated || line.Estimated);
        }

        public Difference Without(SettlementLine line, Account account)
        {
            int sign = line.From == account.Low ? -1 : 1;
            return new(Quantity + (sign * line.Quantity.WattHours), Amount + (sign * line.Amount.Micros), line.Price, Estimated);
        }

        public SettlementLine Line(Account account)
        {
            bool forward = Amount > 0 || (Amount == 0 && Quantity > 0);
            return forward
                ? new(account.Low, account.High, account.Kind, new Energy(Quantity), Price, new Money(Amount), Estimated, Correction: true)
                : new(account.High, account.Low, account.Kind, new Energy(-Quantity), Price, new Money(-Amount), Estimated, Correction: true);
        }
    }
}
