namespace Commonwatt.Node.Projections;

/// <summary>What a batch of blocks changed, for those who show it as it happens.</summary>
internal sealed class ProjectionChanges
{
    /// <summary>The blocks.</summary>
    public List<ProjectedBlock> Blocks { get; } = [];

    /// <summary>Periods that opened, cleared, were settled or corrected, as they are now.</summary>
    public SortedDictionary<long, PeriodChange> Periods { get; } = [];

    /// <summary>The deliveries for which orders came, changed or went.</summary>
    public SortedSet<long> OrderedDeliveries { get; } = [];

    /// <summary>Members' accounts that changed, as they are now.</summary>
    public SortedDictionary<long, AccountChange> Accounts { get; } = [];

    /// <summary>An account changed.</summary>
    public void Take(BookAccount account)
    {
        if (account.Number > 0)
        {
            Accounts[account.Number] = new AccountChange(account.Number, account.Balance, account.Locked, account.CreditLine);
        }
    }
}

/// <summary>A block whose rows are written.</summary>
/// <param name="Height">Its number.</param>
/// <param name="Time">Its time.</param>
/// <param name="Transactions">How many transactions it holds.</param>
/// <param name="Events">How many events happened in it.</param>
internal sealed record ProjectedBlock(ulong Height, Instant Time, int Transactions, int Events);

/// <summary>A period changed.</summary>
/// <param name="Delivery">The start of delivery.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Gate">When the gate closes.</param>
/// <param name="Phase"><c>open</c>, <c>cleared</c>, <c>settled</c> or <c>corrected</c>.</param>
/// <param name="Price">The one price, or null.</param>
/// <param name="Traded">What is traded.</param>
internal sealed record PeriodChange(Instant Delivery, TimeSpan Length, Instant Gate, string Phase, Price? Price, Energy Traded);

/// <summary>A member's account as it is now.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Balance">The balance.</param>
/// <param name="Locked">What is set aside.</param>
/// <param name="CreditLine">How far orders may lead into debt.</param>
internal sealed record AccountChange(long Member, Money Balance, Money Locked, Money CreditLine);
