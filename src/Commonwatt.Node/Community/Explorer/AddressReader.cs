using System.Globalization;
using System.Security.Claims;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>Whose an address is, and what it did.</summary>
internal static class AddressReader
{
    /// <summary>An address with some of what it sent, newest first.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="address">The address.</param>
    /// <param name="page">Which part.</param>
    /// <param name="before">The height and place before which to go on.</param>
    public static AddressJson Read(TableSnapshot tables, Address address, PageQuery page, (long Height, long Place) before)
    {
        IReadOnlyList<ReceiptRow> sent = tables.Query<ReceiptRow>(
            $"""
            {ReceiptRow.Select} WHERE sender = @address AND height <= @height AND (height < @height OR place < @place)
            ORDER BY height DESC, place DESC LIMIT @most
            """,
            new { address, height = before.Height, place = before.Place, most = page.Count + 1 });
        (List<string> kinds, long? member, long? power) = KindsOf(tables, address);
        return new AddressJson(
            address.ToString(),
            kinds,
            member,
            power,
            [.. sent.Take(page.Count).Select(row => row.ToJson())],
            sent.Count > page.Count ? PageCursor.Write($"address {address}", sent[page.Count - 1].Height, sent[page.Count - 1].Place) : null);
    }

    /// <summary>An account; with what is on it where the caller may know that.</summary>
    public static AccountJson Account(TableSnapshot tables, Address address, ClaimsPrincipal user)
    {
        (List<string> kinds, _, _) = KindsOf(tables, address);
        long? nonce = tables.Find<long?>(
            "SELECT nonce FROM transactions WHERE sender = @address AND is_admitted = 1 ORDER BY height DESC, place DESC LIMIT 1", new { address });
        AccountRow? account = MaySee(user, address)
            ? tables.Find<AccountRow>("SELECT balance, locked, credit_line AS CreditLine FROM accounts WHERE address = @address", new { address })
            : null;
        return new AccountJson(
            address.ToString(), kinds, unchecked((ulong)(nonce ?? 0)).ToString(CultureInfo.InvariantCulture), account?.Balance, account?.Locked, account?.CreditLine);
    }

    /// <summary>Whether somebody may know what is on an account: its holder, the manager and the auditor.</summary>
    public static bool MaySee(ClaimsPrincipal user, Address address)
    {
        var caller = new Caller(user);
        return caller.IsManager || caller.Has("auditor") || user.HasClaim("address", address.ToString());
    }

    private static (List<string> Kinds, long? Member, long? Power) KindsOf(TableSnapshot tables, Address address)
    {
        var kinds = new List<string>();
        long? member = tables.Find<long?>("SELECT number FROM members WHERE address = @address", new { address });
        long? metered = tables.Find<long?>("SELECT member FROM meters WHERE meter = @address", new { address });
        Add(kinds, "member", member is not null);
        Add(kinds, "meter", metered is not null);
        Add(kinds, "gateway", tables.Find<long?>("SELECT member FROM meters WHERE gateway = @address AND until IS NULL LIMIT 1", new { address }) is not null);
        foreach (long role in tables.Query<long>("SELECT role FROM roles WHERE address = @address AND holds = 1 ORDER BY role", new { address }))
        {
            kinds.Add(role == 1 ? "manager" : "dso");
        }

        long? power = tables.Find<long?>("SELECT power FROM validators WHERE address = @address AND power > 0", new { address });
        Add(kinds, "validator", power is not null);
        foreach ((long number, Address account) in AccountNumber.OfCommunity)
        {
            Add(kinds, NameOf(number), account == address);
        }

        return (kinds, member ?? metered, power);
    }

    private static void Add(List<string> kinds, string kind, bool isIt)
    {
        if (isIt)
        {
            kinds.Add(kind);
        }
    }

    private static string NameOf(long account) => account switch
    {
        AccountNumber.Utility => "utility",
        AccountNumber.Dso => "grid-operator",
        AccountNumber.CommunityFund => "fund",
        AccountNumber.Stakes => "stakes",
        _ => "outside",
    };

    private sealed record AccountRow
    {
        public long Balance { get; init; }

        public long Locked { get; init; }

        public long CreditLine { get; init; }
    }
}
