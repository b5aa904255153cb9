using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Projections;

/// <summary>Accounts and their entries.</summary>
/// <param name="book">The community.</param>
/// <param name="session">Where rows go.</param>
/// <param name="changes">Told which accounts changed.</param>
internal sealed class MoneyRows(CommunityBook book, ProjectionSession session, ProjectionChanges changes)
{
    /// <summary>Money went from one account to another outside of a settlement.</summary>
    public void Transfer(Transferred transfer, EventPlace place)
    {
        BookAccount from = book.AccountOf(transfer.From);
        BookAccount to = book.AccountOf(transfer.To);
        Move(from, -transfer.Amount, KindOf(from, to, isPayer: true), to, place);
        Move(to, transfer.Amount, KindOf(from, to, isPayer: false), from, place);
    }

    /// <summary>A credit line was set.</summary>
    public void SetCreditLine(Address holder, Money amount)
    {
        BookAccount account = book.AccountOf(holder);
        account.CreditLine = amount;
        Put(account);
    }

    /// <summary>Sets money aside, or releases it.</summary>
    /// <param name="member">Whose.</param>
    /// <param name="amount">How much more; negative to release.</param>
    public void Lock(long member, Money amount)
    {
        if (!amount.IsZero)
        {
            BookAccount account = book.Account(member);
            account.Locked += amount;
            Put(account);
        }
    }

    /// <summary>Writes settlement lines, with an entry for each member's side, and one for each account of the community with all of the event.</summary>
    public void Settle(Instant delivery, IReadOnlyList<SettlementLine> lines, EventPlace place)
    {
        var ofCommunity = new SortedDictionary<long, Money>();
        for (int index = 0; index < lines.Count; index++)
        {
            SettlementLine line = lines[index];
            session.Put(
                ProjectedTables.Lines,
                delivery,
                place.Height,
                place.Event,
                index,
                LineNames.Of(line.From.Kind),
                MemberOf(line.From),
                LineNames.Of(line.To.Kind),
                MemberOf(line.To),
                LineNames.Of(line.Kind),
                line.Quantity,
                line.Price,
                line.Amount,
                line.Estimated,
                line.Correction);
            // A member may trade with himself: the two sides of a line have places of their own.
            Book(line, line.From, -line.Amount, line.To, ofCommunity, delivery, place, index * 2);
            Book(line, line.To, line.Amount, line.From, ofCommunity, delivery, place, (index * 2) + 1);
        }

        foreach ((long account, Money amount) in ofCommunity)
        {
            session.Put(ProjectedTables.Entries, account, place.Height, place.Event, 0, place.Time, "settlement", amount, null, null, delivery, null, false, false, place.Receipt);
            Put(book.Account(account));
        }
    }

    /// <summary>Writes an account as it is now.</summary>
    public void Put(BookAccount account)
    {
        session.Put(ProjectedTables.Accounts, account.Number, account.Balance, account.Locked, account.CreditLine, account.Address);
        changes.Take(account);
    }

    private void Move(BookAccount account, Money amount, string kind, BookAccount other, EventPlace place)
    {
        account.Balance += amount;
        session.Put(ProjectedTables.Entries, account.Number, place.Height, place.Event, amount.IsNegative ? 0 : 1, place.Time, kind, amount, null, null, null, other.Number, false, false, place.Receipt);
        Put(account);
    }

    private void Book(
        in SettlementLine line, Party party, Money amount, Party other, SortedDictionary<long, Money> ofCommunity, Instant delivery, EventPlace place, int side)
    {
        long number = NumberOf(party);
        BookAccount account = book.Account(number);
        account.Balance += amount;
        if (number < 0)
        {
            ofCommunity[number] = ofCommunity.GetValueOrDefault(number) + amount;
            return;
        }

        session.Put(
            ProjectedTables.Entries,
            number,
            place.Height,
            place.Event,
            side,
            place.Time,
            LineNames.Of(line.Kind),
            amount,
            line.Quantity,
            line.Price,
            delivery,
            NumberOf(other),
            line.Estimated,
            line.Correction,
            place.Receipt);
        Put(account);
    }

    private static string KindOf(BookAccount from, BookAccount to, bool isPayer) => (from.Number, to.Number) switch
    {
        (AccountNumber.Outside, _) => "deposit",
        (_, AccountNumber.Outside) => "withdrawal",
        (_, AccountNumber.Stakes) => "stake",
        (AccountNumber.Stakes, _) => "stake-return",
        _ => isPayer ? "transfer-out" : "transfer-in",
    };

    private static long? MemberOf(Party party) => party.Kind == PartyKind.Member ? party.MemberId.Value : null;

    private static long NumberOf(Party party) => party.Kind switch
    {
        PartyKind.Member => party.MemberId.Value,
        PartyKind.Utility => AccountNumber.Utility,
        PartyKind.Dso => AccountNumber.Dso,
        _ => AccountNumber.CommunityFund,
    };
}
