using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Node.Hosting;

/// <summary>How far a transaction has come.</summary>
internal enum TransactionStatus
{
    /// <summary>Done, in a block that is final.</summary>
    Final,

    /// <summary>Refused: by this node, which then did not pass it on, or in a block that is final.</summary>
    Refused,

    /// <summary>Not known.</summary>
    Unknown,
}

/// <summary>What a node can say of a transaction.</summary>
/// <param name="Id">The transaction's id.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Height">The height of the final block that holds it, or null.</param>
/// <param name="Outcome">Why it was refused or is not known; done where it is done.</param>
/// <param name="MayStillHappen">Whether a later block may still hold it because of what this node was given.</param>
internal sealed record TransactionAnswer(Hash Id, TransactionStatus Status, ulong? Height, Outcome Outcome, bool MayStillHappen)
{
    /// <summary>The answer of a final block.</summary>
    public static TransactionAnswer Certified(Hash id, ulong height, Outcome outcome) =>
        new(id, outcome.IsDone ? TransactionStatus.Final : TransactionStatus.Refused, height, outcome, MayStillHappen: false);

    /// <summary>This node did not take the transaction in.</summary>
    public static TransactionAnswer Refused(Hash id, Outcome outcome) => new(id, TransactionStatus.Refused, Height: null, outcome, MayStillHappen: false);

    /// <summary>The transaction is on its way.</summary>
    public static TransactionAnswer OnItsWay(SignedTransaction transaction, string code, string sentence) => new(
        transaction.Id,
        TransactionStatus.Unknown,
        Height: null,
        Outcome.Refused(code, $"{sentence} It may still happen, until {transaction.ExpiresAt}. Send the same bytes again, here or to another validator, to learn what became of it: it is executed at most once."),
        MayStillHappen: true);

    /// <summary>The transaction can no longer happen, and may have: this node does not remember every final block since it was sent.</summary>
    public static TransactionAnswer TraceLost(Hash id) => new(
        id,
        TransactionStatus.Unknown,
        Height: null,
        Outcome.Refused("not-remembered", $"It will not be executed any more, but may have been while this node did not take part, in more blocks than it remembers: './commonwatt proof {id} --ledger FILE' shows whether it was."),
        MayStillHappen: false);

    /// <summary>A final block holds the transaction, but this node was started since and does not know the receipt.</summary>
    public static TransactionAnswer WithoutReceipt(Hash id, ulong height) => new(
        id,
        TransactionStatus.Unknown,
        height,
        Outcome.Refused("receipt-not-at-hand", $"Block {height} holds it, so it was executed and will not be again. This node was started since and does not keep receipts: './commonwatt proof {id} --ledger FILE' shows what became of it."),
        MayStillHappen: false);
}
