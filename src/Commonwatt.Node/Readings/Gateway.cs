using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Node.Hosting;
using Google.Protobuf;

namespace Commonwatt.Node.Readings;

/// <summary>Reports what was measured to the ledger: each period once, with a commitment to the registers it comes from, which stay here.</summary>
/// <remarks>
/// A transaction is kept before it is sent, and sent again as it is until it has its answer; a period is in one transaction at a time; and before one is made, the ledger's own state is asked
/// whether it has the period already. So nothing is reported twice, whatever stops in between.
/// </remarks>
internal sealed class Gateway(GatewayStore store, ICommunityLedger ledger, SigningKey key, TimeProvider clock)
{
    // A reading takes some 80 bytes of the 65,536 of a transaction, and some ten of its 20,000 reads and writes.
    private const int MostInTransaction = 500;
    private const int MostInTurn = 20 * MostInTransaction;
    private const long MostAttempts = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMinutes(1);

    private readonly LedgerSender sender = new(ledger, key);

    /// <summary>The gateway's address, which meters are registered with.</summary>
    public Address Address => sender.Address;

    /// <summary>Does all that can be done now.</summary>
    /// <returns>Whether there was something to do.</returns>
    public async Task<bool> TurnAsync(CancellationToken cancel)
    {
        if (ledger.State is not { } state)
        {
            return false;
        }

        bool hasCorrections = await CorrectAsync(state, cancel);
        bool hasReports = Prepare(state);
        IReadOnlyList<OutboxRow> outbox = store.Outbox();

        // In the order of their nonces: one that overtakes another would make it void.
        Task<TransactionAnswer>[] answers = [.. outbox.Select(row => ledger.SubmitAsync(SignedTransaction.Decode(row.Bytes), Patience, cancel))];
        bool hasAnswers = false;
        for (int index = 0; index < answers.Length; index++)
        {
            hasAnswers |= Settle(outbox[index].TransactionId, await answers[index]);
        }

        // A node that takes nothing in says so at once: asking it again without a pause would be all that this machine does.
        return hasCorrections || hasReports || hasAnswers;
    }

    private Instant Now => Instant.From(clock.GetUtcNow());

    private bool Prepare(StateReader state)
    {
        IReadOnlyList<MeasuredPeriodRow> ready = store.Waiting(PeriodProgress.Ready, Now, MostInTurn);
        var look = new LedgerMetering(ledger.Rules, state, Address);
        var wanted = new List<MeasuredPeriodRow>(ready.Count);
        var others = new List<PeriodStep>();
        foreach (MeasuredPeriodRow period in ready)
        {
            (PeriodProgress progress, string? code) = look.Look(period);
            if (progress == PeriodProgress.Ready)
            {
                wanted.Add(period);
            }
            else
            {
                others.Add(PeriodStep.Of(period, progress, code: code));
            }
        }

        if (others.Count > 0)
        {
            store.Note(answered: null, others);
        }

        foreach (MeasuredPeriodRow[] part in wanted.Chunk(MostInTransaction))
        {
            store.PutOnItsWay(Sign(part), part);
        }

        return ready.Count > 0;
    }

    private SignedTransaction Sign(MeasuredPeriodRow[] periods)
    {
        var call = new SubmitReadings();
        call.Readings.AddRange(periods.Select(period => new Reading
        {
            Meter = ByteString.CopyFrom(period.Meter.ToArray()),
            DeliveryMs = period.Period.Start.UnixMilliseconds,
            ImportWh = period.Energy.Import,
            ExportWh = period.Energy.Export,
            Commitment = ByteString.CopyFrom(ReadingCommitment.Of(period.Salt, System.Text.Encoding.UTF8.GetBytes(period.Raw)).ToArray()),
        }));
        return sender.Sign(Now, [TransactionBuilder.Call("metering", "submit", call)], LastNonce());
    }

    // What a receipt says of single readings stands in its events; the state says the same, and survives a restart.
    private bool Settle(string transactionId, TransactionAnswer answer)
    {
        if (answer.MayStillHappen || answer.Outcome.Code is "busy" or "stopping" or "not-validator" or "too-many-waiting")
        {
            return false;
        }

        var look = new LedgerMetering(ledger.Rules, ledger.State!, Address);
        var steps = new List<PeriodStep>();
        foreach (MeasuredPeriodRow period in store.In(transactionId))
        {
            (PeriodProgress progress, string? code) = look.Look(period);
            steps.Add(progress != PeriodProgress.Ready ? PeriodStep.Of(period, progress, code: code)
                : period.Attempts < MostAttempts ? PeriodStep.Of(period, progress, Now + (BetweenAttempts * period.Attempts))
                : PeriodStep.Of(period, PeriodProgress.NotTaken, code: answer.Outcome.IsDone ? "refused" : answer.Outcome.Code));
        }

        store.Note(transactionId, steps);
        return true;
    }

    // A late reading changes nothing by itself: somebody asks for the period to be settled anew.
    private async Task<bool> CorrectAsync(StateReader state, CancellationToken cancel)
    {
        IReadOnlyList<MeasuredPeriodRow> late = store.Waiting(PeriodProgress.ToCorrect, Now, MostInTurn);
        var look = new LedgerMetering(ledger.Rules, state, Address);
        foreach (IGrouping<Instant, MeasuredPeriodRow> ofDelivery in late.GroupBy(period => period.Period.Start))
        {
            // Somebody else may have asked, and what was corrected once needs no more.
            if (ofDelivery.Any(period => look.Look(period).Progress == PeriodProgress.ToCorrect))
            {
                SignedTransaction transaction = sender.Sign(Now, [TransactionBuilder.Call("market", "correct", new CorrectPeriod { DeliveryMs = ofDelivery.Key.UnixMilliseconds })], LastNonce());
                _ = await ledger.SubmitAsync(transaction, Patience, cancel);
            }

            var then = new LedgerMetering(ledger.Rules, ledger.State!, Address);
            store.Note(answered: null, ofDelivery.Select(period => then.Look(period).Progress == PeriodProgress.ToCorrect
                ? PeriodStep.Of(period, PeriodProgress.ToCorrect, Now + BetweenAttempts)
                : PeriodStep.Of(period, PeriodProgress.Reported)));
        }

        return late.Count > 0;
    }

    private ulong LastNonce() => (ulong)(store.Outbox() is [.., var last] ? last.Nonce : 0);
}
