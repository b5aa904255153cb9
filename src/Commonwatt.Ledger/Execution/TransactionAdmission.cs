using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Execution;

/// <summary>Whether a transaction counts at all, before any contract sees it: right ledger, signed, in time, from somebody known, not a replay.</summary>
public static class TransactionAdmission
{
    /// <summary>Checks a transaction against the state and a time.</summary>
    /// <param name="genesis">The ledger.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="state">The state it would apply to.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="time">Block time, or the clock of a node that looks ahead.</param>
    /// <param name="isSigned">Whether its signature has been found valid; ignored on a ledger without signatures.</param>
    /// <returns>Done, or refused with the first thing that is wrong.</returns>
    public static Outcome Check(
        LedgerGenesis genesis, ContractSet rules, StateReader state, SignedTransaction transaction, Instant time, bool isSigned)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(transaction);
        if (transaction.LedgerId != genesis.Id)
        {
            return Outcome.Refused("wrong-ledger", $"The transaction is for the ledger {transaction.LedgerId}, this one is {genesis.Id}.");
        }

        if (genesis.HasSignatures && !isSigned)
        {
            return BadSignature(transaction);
        }

        if (transaction.ExpiresAt <= time)
        {
            return Outcome.Refused("expired", $"The transaction expired at {transaction.ExpiresAt}; it is {time} now. Sign it again with a later expiry.");
        }

        if (transaction.ExpiresAt - time > TransactionLimits.Lifetime)
        {
            return Outcome.Refused("expires-too-late", $"The transaction expires at {transaction.ExpiresAt}: at most 24 hours after {time} are allowed.");
        }

        if (!rules.MaySend(state, transaction.Sender))
        {
            return Outcome.Refused("unknown-sender", $"{transaction.Sender} is not known to this community: the manager registers members, meters and roles.");
        }

        ulong last = SystemTables.Nonces.FindOr(state, transaction.Sender, default).Value;
        return transaction.Nonce > last
            ? Outcome.Done
            : Outcome.Refused("nonce-used", $"The nonce {transaction.Nonce} is not greater than the last one of this sender, {last}: the transaction was executed before, or overtaken.");
    }

    /// <summary>Whether a transaction with this outcome counted, done or refused: it used its nonce.</summary>
    /// <param name="outcome">What its receipt says.</param>
    public static bool IsAdmitted(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Code is not ("wrong-ledger" or "bad-signature" or "expired" or "expires-too-late" or "unknown-sender" or "nonce-used" or BlockWork.Full);
    }

    internal static Outcome BadSignature(SignedTransaction transaction) =>
        Outcome.Refused("bad-signature", $"The signature is not that of {transaction.Sender} over this transaction.");
}
