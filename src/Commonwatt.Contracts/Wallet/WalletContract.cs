using Commonwatt.Contracts.Governance;
using Commonwatt.Contracts.Registry;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;

namespace Commonwatt.Contracts.Wallet;

/// <summary>The community's accounts, in double entry: what leaves one enters another.</summary>
/// <remarks>
/// Source 004 gives every member a wallet of prepaid tokens, source 001 table 9 a balance. The manager books what members
/// pay in and out; a credit line instead of a deposit makes a community post-paid.
/// </remarks>
public sealed class WalletContract : Contract
{
    private static readonly Money MostMoney = new(1_000_000_000_000_000);

    // Far from the range's end, so that no settlement fails for want of room on somebody's account.
    private static readonly Money MostBalance = new(1_000_000_000_000_000_000);

    private readonly GovernanceContract governance;
    private readonly RegistryContract registry;
    private readonly Table<Address, Account> accounts;

    /// <summary>The contract.</summary>
    public WalletContract(GovernanceContract governance, RegistryContract registry)
        : base("wallet")
    {
        this.governance = governance;
        this.registry = registry;
        accounts = Table<Address, Account>("accounts", account => account.Balance.Micros);
        On("deposit", Wire.Deposit.Parser, (context, call) => Deposit(context, Addresses.From(call.Member), new Money(call.Amount)));
        On("withdraw", Wire.Withdraw.Parser, (context, call) => Withdraw(context, Addresses.From(call.Member), new Money(call.Amount)));
        On("set-credit-line", Wire.SetCreditLine.Parser, (context, call) => SetCreditLine(context, Addresses.From(call.Member), new Money(call.Amount)));
        On("transfer", Wire.Transfer.Parser, (context, call) => Transfer(context, Addresses.From(call.To), new Money(call.Amount)));
    }

    /// <summary>Somebody's account; an empty one where he has none yet.</summary>
    public Account AccountOf(StateReader state, Address holder) => accounts.FindOr(state, holder, default);

    /// <summary>All accounts by address.</summary>
    public IReadOnlyList<KeyValuePair<Address, Account>> Accounts(StateReader state) => accounts.All(state);

    /// <summary>The key of somebody's account in the state map, as proofs show it.</summary>
    public byte[] StateKey(Address holder) => accounts.StateKey(holder);

    /// <summary>Sets money aside, if there is enough.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="holder">Whose.</param>
    /// <param name="amount">How much more; negative to release.</param>
    internal Outcome Lock(CallContext context, Address holder, Money amount)
    {
        Account account = AccountOf(context, holder);
        if (amount > Money.Zero && account.Available < amount)
        {
            Money missing = amount - account.Available;
            return Outcome.Refused(
                "insufficient-funds",
                $"This order sets {amount.ToDecimal()} aside, and {account.Available.ToDecimal()} is available: {missing.ToDecimal()} is missing. Ask the manager to book a deposit, or bid for less.");
        }

        accounts.Put(context, holder, account with { Locked = account.Locked + amount });
        return Outcome.Done;
    }

    /// <summary>Books one side of a settlement; the other sides must follow in the same call.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="holder">Whose account.</param>
    /// <param name="balance">What his balance changes by. A settlement is owed, so it may lead into debt beyond the credit line.</param>
    /// <param name="locked">What is set aside changes by.</param>
    internal void Book(CallContext context, Address holder, Money balance, Money locked)
    {
        if (balance.IsZero && locked.IsZero)
        {
            return;
        }

        Account account = AccountOf(context, holder);
        accounts.Put(context, holder, account with { Balance = account.Balance + balance, Locked = account.Locked + locked });
    }

    /// <summary>Pays from what somebody has free: his balance less what is set aside, without his credit line.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="from">Who pays.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="amount">How much; more than zero.</param>
    /// <param name="done">What is done with the money, for the sentence of a refusal.</param>
    internal Outcome PayFrom(CallContext context, Address from, Address to, Money amount, string done)
    {
        Account account = AccountOf(context, from);
        Money free = account.Balance - account.Locked;
        return amount <= free
            ? Move(context, from, to, amount)
            : Outcome.Refused("insufficient-funds", $"{amount.ToDecimal()} is to be {done}, and {free.ToDecimal()} is free: {(amount - free).ToDecimal()} is missing.");
    }

    /// <summary>Pays what is owed: that it is much for the account is no reason to keep it back.</summary>
    /// <param name="context">The running call.</param>
    /// <param name="from">Who owes it.</param>
    /// <param name="to">Whose it is.</param>
    /// <param name="amount">How much; more than zero.</param>
    internal void PayOwed(CallContext context, Address from, Address to, Money amount)
    {
        Book(context, from, -amount, Money.Zero);
        Book(context, to, amount, Money.Zero);
        context.Emit(new Transferred(from, to, amount));
    }

    private Outcome Deposit(CallContext context, Address member, Money amount)
    {
        Outcome outcome = CheckManagerAndHolder(context, member, amount);
        return outcome.IsDone ? Move(context, CommunityAccounts.Outside, member, amount) : outcome;
    }

    private Outcome Withdraw(CallContext context, Address member, Money amount)
    {
        Outcome outcome = CheckManagerAndHolder(context, member, amount);
        if (!outcome.IsDone)
        {
            return outcome;
        }

        Account account = AccountOf(context, member);
        Money free = account.Balance - account.Locked;
        return amount <= free
            ? Move(context, member, CommunityAccounts.Outside, amount)
            : Outcome.Refused("insufficient-funds", $"{amount.ToDecimal()} is to be paid out, and {free.ToDecimal()} is free.");
    }

    private Outcome SetCreditLine(CallContext context, Address member, Money amount)
    {
        Outcome outcome = CheckManagerAndMember(context, member, amount, least: Money.Zero);
        if (outcome.IsDone)
        {
            accounts.Put(context, member, AccountOf(context, member) with { CreditLine = amount });
            context.Emit(new CreditLineSet(member, amount));
        }

        return outcome;
    }

    private Outcome Transfer(CallContext context, Address to, Money amount)
    {
        if (!registry.TryFindMember(context, context.Sender, out _, out _) || !registry.TryFindMember(context, to, out _, out _))
        {
            return Outcome.Refused("no-such-member", "Money is transferred from a member to a member of this community.");
        }

        if (amount <= Money.Zero)
        {
            return Outcome.Refused("wrong-amount", $"A transfer is of more than zero, not {amount.ToDecimal()}.");
        }

        return PayFrom(context, context.Sender, to, amount, "transferred");
    }

    // What the utility, the DSO and the fund have earned or owe is paid out and in, too.
    private Outcome CheckManagerAndHolder(CallContext context, Address holder, Money amount) =>
        CommunityAccounts.IsParty(holder) && governance.RequireManager(context).IsDone
            ? CheckAmount(amount, least: new Money(1))
            : CheckManagerAndMember(context, holder, amount, least: new Money(1));

    private Outcome CheckManagerAndMember(CallContext context, Address member, Money amount, Money least)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        if (!registry.TryFindMember(context, member, out _, out _))
        {
            return Outcome.Refused("no-such-member", $"{member} is no member of this community: register the member first.");
        }

        return CheckAmount(amount, least);
    }

    private static Outcome CheckAmount(Money amount, Money least) => amount >= least && amount <= MostMoney
        ? Outcome.Done
        : Outcome.Refused("wrong-amount", $"The amount is {least.ToDecimal()} to {MostMoney.ToDecimal()}, not {amount.ToDecimal()}.");

    private Outcome Move(CallContext context, Address from, Address to, Money amount)
    {
        if (to != CommunityAccounts.Outside && AccountOf(context, to).Balance > MostBalance - amount)
        {
            return Outcome.Refused("wrong-amount", $"An account holds at most {MostBalance.ToDecimal()}: {amount.ToDecimal()} more do not fit this one.");
        }

        PayOwed(context, from, to, amount);
        return Outcome.Done;
    }
}
