using Commonwatt.Contracts;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Node.Commands;

/// <summary>An account of the community as an entry of the ledger's state.</summary>
internal static class AccountEntry
{
    private static readonly WalletContract Wallet = new CommunityRules().Wallet;

    /// <summary>The key of somebody's account.</summary>
    public static byte[] KeyOf(Address holder) => Wallet.StateKey(holder);

    /// <summary>Whose account a key is of, or null where it is another entry's.</summary>
    public static Address? HolderOf(ReadOnlySpan<byte> key)
    {
        if (key.Length < Address.Size)
        {
            return null;
        }

        var holder = new Address(key[^Address.Size..]);
        return key.SequenceEqual(KeyOf(holder)) ? holder : null;
    }

    /// <summary>Whose an account is that is no member's, or null.</summary>
    public static string? NameOf(Address holder) =>
        holder == CommunityAccounts.Utility ? "the utility's"
        : holder == CommunityAccounts.Dso ? "the grid operator's"
        : holder == CommunityAccounts.CommunityFund ? "the community fund's"
        : holder == CommunityAccounts.Stakes ? "where stakes are kept"
        : holder == CommunityAccounts.Outside ? "the world outside: what was paid in, with a minus"
        : null;

    /// <summary>The account that a proof shows, or null where it shows none that this build can read.</summary>
    public static Account? Read(StateProof proof)
    {
        if (proof.Value is null || HolderOf(proof.Key) is null)
        {
            return null;
        }

        try
        {
            return CanonicalReader.Decode<Account>(proof.Value);
        }
        catch (MalformedBytesException)
        {
            return null;
        }
    }
}
