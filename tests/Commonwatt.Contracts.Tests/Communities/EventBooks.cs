using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>Keeps accounts, locks and invoices from the events alone, as somebody outside would, and compares them with the ledger's.</summary>
internal sealed class EventBooks(CommunityRules rules)
{
    private readonly Dictionary<Address, Money> balances = [];
    private readonly Dictionary<MemberId, Address> members = [];
    private readonly Dictionary<OrderKey, Money> orders = [];
    private readonly Dictionary<Instant, List<(MemberId Member, Money Cost)>> purchases = [];
    private readonly Dictionary<MemberId, Money> owed = [];

    public void Read(LedgerEvent happened, StateReader state)
    {
        if (happened.Is<MemberRegistered>())
        {
            MemberRegistered registered = happened.As<MemberRegistered>();
            members[registered.Id] = registered.Member.Address;
        }
        else if (happened.Is<Transferred>())
        {
            Transferred transfer = happened.As<Transferred>();
            Pay(transfer.From, transfer.To, transfer.Amount);
        }
        else if (happened.Is<OrderPlaced>())
        {
            OrderPlaced placed = happened.As<OrderPlaced>();
            orders[placed.Key] = placed.Order.Locked;
        }
        else if (happened.Is<OrderWithdrawn>())
        {
            orders.Remove(happened.As<OrderWithdrawn>().Key);
        }
        else if (happened.Is<MarketCleared>())
        {
            Clear(happened.As<MarketCleared>(), state);
        }
        else if (happened.Is<PeriodSettled>())
        {
            PeriodSettled settled = happened.As<PeriodSettled>();
            purchases.Remove(settled.Delivery);
            Book(settled.Lines);
        }
        else if (happened.Is<PeriodCorrected>())
        {
            Book(happened.As<PeriodCorrected>().Lines);
        }
        else if (happened.Is<InvoiceIssued>())
        {
            InvoiceIssued issued = happened.As<InvoiceIssued>();
            Assert.Equal(owed.GetValueOrDefault(issued.Member), issued.Invoice.Total);
            owed.Remove(issued.Member);
        }
    }

    /// <summary>The ledger's accounts are these, they add up to zero, and no lock is negative.</summary>
    public void MustEqual(StateReader state)
    {
        Int128 sum = 0;
        IReadOnlyList<KeyValuePair<Address, Account>> accounts = rules.Wallet.Accounts(state);
        Dictionary<Address, Money> locks = Locks();
        foreach ((Address holder, Account account) in accounts)
        {
            sum += account.Balance.Micros;
            Assert.Equal(balances.GetValueOrDefault(holder), account.Balance);
            Assert.Equal(locks.GetValueOrDefault(holder), account.Locked);
            Assert.False(account.Locked.IsNegative);
        }

        Assert.Equal(0, sum);
        // Whoever was only ever paid nothing, as for energy at a price of zero, needs no account.
        Assert.All(balances.Where(balance => balance.Value != Money.Zero), balance => Assert.Contains(accounts, account => account.Key == balance.Key));
        Assert.All(members.Keys, member => Assert.Equal(owed.GetValueOrDefault(member), rules.Market.InvoiceOf(state, member)?.Total ?? Money.Zero));
    }

    private Dictionary<Address, Money> Locks()
    {
        Dictionary<Address, Money> locks = [];
        foreach ((OrderKey key, Money locked) in orders)
        {
            locks[members[key.Member]] = locks.GetValueOrDefault(members[key.Member]) + locked;
        }

        foreach ((MemberId member, Money cost) in purchases.Values.SelectMany(list => list))
        {
            locks[members[member]] = locks.GetValueOrDefault(members[member]) + cost;
        }

        return locks;
    }

    private void Clear(MarketCleared cleared, StateReader state)
    {
        foreach (OrderKey key in orders.Keys.Where(key => key.Delivery == cleared.Delivery).ToList())
        {
            orders.Remove(key);
        }

        Price fee = rules.Governance.ParametersAt(state, cleared.Delivery)!.LocalGridFee;
        purchases[cleared.Delivery] = [.. cleared.Trades.Trades.Select(trade => (trade.Buyer, trade.Amount + trade.Quantity.At(fee)))];
    }

    private void Book(IReadOnlyList<SettlementLine> lines)
    {
        foreach (SettlementLine line in lines)
        {
            Assert.False(line.Amount.IsNegative);
            Pay(AddressOf(line.From), AddressOf(line.To), line.Amount);
            Owe(line.From, line.Amount);
            Owe(line.To, -line.Amount);
        }
    }

    private void Owe(Party party, Money amount)
    {
        if (party.Kind == PartyKind.Member)
        {
            owed[party.MemberId] = owed.GetValueOrDefault(party.MemberId) + amount;
        }
    }

    private void Pay(Address from, Address to, Money amount)
    {
        balances[from] = balances.GetValueOrDefault(from) - amount;
        balances[to] = balances.GetValueOrDefault(to) + amount;
    }

    private Address AddressOf(Party party) => party.Kind switch
    {
        PartyKind.Member => members[party.MemberId],
        PartyKind.Utility => CommunityAccounts.Utility,
        PartyKind.Dso => CommunityAccounts.Dso,
        _ => CommunityAccounts.CommunityFund,
    };
}
