using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Wallet;

/// <summary>The accounts that belong to no member.</summary>
public static class CommunityAccounts
{
    /// <summary>The utility.</summary>
    public static Address Utility { get; } = Address.OfName("account/utility");

    /// <summary>The operator of the distribution grid.</summary>
    public static Address Dso { get; } = Address.OfName("account/dso");

    /// <summary>The community's fund, which gets the penalties.</summary>
    public static Address CommunityFund { get; } = Address.OfName("account/community-fund");

    /// <summary>What members stake, until they have it back. Nobody is paid from here but the one who staked it.</summary>
    public static Address Stakes { get; } = Address.OfName("account/stakes");

    /// <summary>The world outside: what was paid in stands here with a minus, so that all accounts add up to zero.</summary>
    public static Address Outside { get; } = Address.OfName("account/outside");

    /// <summary>Whether an address is one of these.</summary>
    public static bool Has(Address address) => address == Outside || address == Stakes || IsParty(address);

    /// <summary>Whether an address is that of a party that settlements pay and charge: the utility, the DSO or the fund.</summary>
    public static bool IsParty(Address address) => address == Utility || address == Dso || address == CommunityFund;
}
