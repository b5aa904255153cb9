namespace Commonwatt.Node.Community.Tables;

/// <summary>A member's account, micro-currency.</summary>
internal sealed record Account
{
    /// <summary>What he has; negative where he owes.</summary>
    public long Balance { get; init; }

    /// <summary>What orders and trades set aside.</summary>
    public long Locked { get; init; }

    /// <summary>How far orders may go below zero.</summary>
    public long CreditLine { get; init; }

    /// <summary>What new orders may use.</summary>
    public long Available => Balance + CreditLine - Locked;

    /// <summary>The account of a member; empty where he has none.</summary>
    public static Account Of(TableSnapshot tables, long member) =>
        tables.Find<Account>("SELECT balance AS Balance, locked AS Locked, credit_line AS CreditLine FROM accounts WHERE account = @member", new { member }) ?? new Account();
}
