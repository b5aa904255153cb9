namespace Commonwatt.Faults;

/// <summary>A member who sends one transaction at a time, and sends it again, as it is, until he is told that it is final.</summary>
internal sealed class SimulatedClient(TransactionBuilder builder)
{
    private SignedTransaction? sent;
    private Outcome last = Outcome.Done;

    /// <summary>The node that took his transaction in last, or null.</summary>
    public LedgerNode? TakenBy { get; private set; }

    /// <summary>Sends something new, or again what has no answer yet.</summary>
    public void Use(LedgerNode node, Random random, RunChecks checks, Func<Call> wish)
    {
        if (IsAnswered(checks))
        {
            sent = builder.Build(node.Time, [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => wish())]);
            checks.HearTransaction(sent);
            TakenBy = null;
        }

        Send(node);
    }

    /// <summary>Sends again what has no answer yet.</summary>
    public void Repeat(LedgerNode node, RunChecks checks)
    {
        if (!IsAnswered(checks))
        {
            Send(node);
        }
    }

    /// <summary>Whether all that was sent is final. Who has spent his last unit may send nothing; who hears that his nonce is used looks into the ledger.</summary>
    public bool IsAnswered(RunChecks checks) =>
        sent is null || last.Code == "unknown-sender" || checks.IsAdmitted(sent.Id) || (last.Code == "nonce-used" && checks.IsInFile(sent.Id));

    /// <summary>Whether all that was sent stands in a final block, executed or refused.</summary>
    public bool IsDecided(RunChecks checks) => sent is null || checks.IsDecided(sent.Id);

    /// <summary>What he sent last, and what the node said to it.</summary>
    public override string ToString() => sent is null ? "nothing sent" : $"{sent.Id} with nonce {sent.Nonce}: {last}";

    private void Send(LedgerNode node)
    {
        last = node.Submit(sent!);
        TakenBy = last.IsDone ? node : TakenBy;
    }
}
