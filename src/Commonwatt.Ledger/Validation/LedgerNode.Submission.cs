using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <content>Transactions come in, or are refused before they cost a place in a block.</content>
public sealed partial class LedgerNode
{
    /// <summary>Takes a transaction in, or says why not. What is taken in is final only when its block is.</summary>
    public Outcome Submit(SignedTransaction transaction) => Submit([transaction])[0];

    /// <summary>Takes transactions in, or says for each why not.</summary>
    public IReadOnlyList<Outcome> Submit(IReadOnlyList<SignedTransaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ThrowIfStopped();
        executor.RequireRules(Height + 1);
        if (FindValidator() is null)
        {
            return [.. transactions.Select(_ => NotValidator())];
        }

        var view = new StateView(State);
        ContractSet rules = settings.Catalog.Find(SystemTables.RulesAt(view, Height + 1))!;
        Instant now = Instant.Max(Now(), Time);
        var outcomes = new Outcome[transactions.Count];
        for (int index = 0; index < outcomes.Length; index++)
        {
            SignedTransaction transaction = transactions[index];
            outcomes[index] = pool.IsFull ? Busy()
                : pool.IsFullFor(transaction.Sender) ? TooManyWaiting(transaction.Sender)
                : TransactionAdmission.Check(settings.Genesis, rules, view, transaction, now, isSigned: true);
        }

        RefuseBadSignatures(transactions, outcomes);
        for (int index = 0; index < outcomes.Length; index++)
        {
            outcomes[index] = outcomes[index].IsDone ? TakeIn(transactions[index]) : outcomes[index];
        }

        return outcomes;
    }

    // Checking a signature costs more than all else: it is done last, so that strangers and replays cost little.
    private void RefuseBadSignatures(IReadOnlyList<SignedTransaction> transactions, Outcome[] outcomes)
    {
        if (!settings.Genesis.HasSignatures)
        {
            return;
        }

        int[] admitted = [.. Enumerable.Range(0, outcomes.Length).Where(index => outcomes[index].IsDone)];
        bool[] signed = SignatureChecks.Run(Array.ConvertAll(admitted, index => transactions[index]), settings.SignatureThreads);
        for (int index = 0; index < admitted.Length; index++)
        {
            outcomes[admitted[index]] = signed[index] ? Outcome.Done : TransactionAdmission.BadSignature(transactions[admitted[index]]);
        }
    }

    private Outcome TakeIn(SignedTransaction transaction)
    {
        if (pool.IsFull)
        {
            return Busy();
        }

        if (transaction.Nonce <= pool.LastNonce(transaction.Sender))
        {
            return Outcome.Refused("nonce-used", $"A transaction of this sender with the nonce {pool.LastNonce(transaction.Sender)} waits already: use a greater one.");
        }

        if (pool.IsFullFor(transaction.Sender))
        {
            return TooManyWaiting(transaction.Sender);
        }

        pool.Add(transaction);
        return Outcome.Done;
    }

    private static Outcome NotValidator() => Outcome.Refused("not-validator", "This node publishes no transactions, for it is no validator now: send it to one that is.");

    // So that one sender leaves the others room: see docs/decisions/0011.
    private static Outcome TooManyWaiting(Keys.Address sender) =>
        Outcome.Refused("too-many-waiting", $"As many transactions of {sender} wait already as one sender may have: send it again when they have their answers.");

    private static Outcome Busy() => Outcome.Refused("busy", "Too many transactions wait already: send it again in a few seconds.");
}
