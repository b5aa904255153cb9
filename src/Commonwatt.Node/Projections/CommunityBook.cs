using Commonwatt.Contracts.Governance;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Projections;

/// <summary>What must be known of the community to make rows from the next block: the same as in the tables, at hand.</summary>
internal sealed class CommunityBook
{
    private readonly Dictionary<long, BookAccount> accounts = [];
    private readonly Dictionary<Address, long> numbers = [];

    /// <summary>Up to where the tables are made; null where they are empty.</summary>
    public BookPosition? Position { get; set; }

    /// <summary>Members by number: their address, and the time and height they joined at.</summary>
    public Dictionary<long, (Instant Since, ulong Height)> Members { get; } = [];

    /// <summary>Each member's meter.</summary>
    public Dictionary<long, (Address Meter, Address? Gateway, Instant Since)> Meters { get; } = [];

    /// <summary>Each member's assets by name, with their kind, power and since when.</summary>
    public Dictionary<(long Member, string Name), (string Kind, long PowerW, Instant Since)> Assets { get; } = [];

    /// <summary>The rules for deliveries from each time on.</summary>
    public SortedList<long, MarketParameters> Parameters { get; } = [];

    /// <summary>Periods that are not settled yet, by start of delivery.</summary>
    public Dictionary<Instant, BookPeriod> Periods { get; } = [];

    /// <summary>The validators in force, and since which height each has its power.</summary>
    public Dictionary<Address, (ulong Power, ulong Since)> Validators { get; } = [];

    /// <summary>The hash of that set of validators.</summary>
    public Hash ValidatorsHash { get; set; }

    /// <summary>All accounts.</summary>
    public IEnumerable<BookAccount> Accounts => accounts.Values;

    /// <summary>Puts an account in.</summary>
    public BookAccount Add(BookAccount account)
    {
        accounts.Add(account.Number, account);
        numbers.Add(account.Address, account.Number);
        return account;
    }

    /// <summary>The account with a number.</summary>
    public BookAccount Account(long number) => accounts[number];

    /// <summary>Somebody's account; one that no rule foresees gets a number of its own.</summary>
    public BookAccount AccountOf(Address holder) => numbers.TryGetValue(holder, out long number)
        ? accounts[number]
        : Add(new BookAccount(-100 - accounts.Count, holder));

    /// <summary>The number of a member with an address, or null.</summary>
    public long? MemberAt(Address address) => numbers.TryGetValue(address, out long number) && number > 0 ? number : null;

    /// <summary>The rules for a delivery that starts at a time.</summary>
    public MarketParameters ParametersAt(Instant delivery)
    {
        for (int index = Parameters.Count - 1; index >= 0; index--)
        {
            if (Parameters.GetKeyAtIndex(index) <= delivery.UnixMilliseconds)
            {
                return Parameters.GetValueAtIndex(index);
            }
        }

        throw new InvalidDataException($"A period opened at {delivery} for which no rules were ever set.");
    }
}

/// <summary>Up to which block the tables are made.</summary>
/// <param name="Height">The block's height.</param>
/// <param name="Time">Its time.</param>
/// <param name="Hash">The hash of its header.</param>
internal sealed record BookPosition(ulong Height, Instant Time, Hash Hash);

/// <summary>An account as it is now.</summary>
/// <param name="number">Its number.</param>
/// <param name="address">Whose it is.</param>
internal sealed class BookAccount(long number, Address address)
{
    /// <summary>Its number: the member's, or an <see cref="AccountNumber"/>.</summary>
    public long Number { get; } = number;

    /// <summary>Whose it is.</summary>
    public Address Address { get; } = address;

    /// <summary>The balance.</summary>
    public Money Balance { get; set; }

    /// <summary>What is set aside.</summary>
    public Money Locked { get; set; }

    /// <summary>How far orders may lead into debt.</summary>
    public Money CreditLine { get; set; }
}
