using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <content>Batches go out, and are followed until they have their place in the order.</content>
public sealed partial class LedgerNode
{
    private const int MostOnTheirWay = 16;

    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceWithOrder = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<ulong, SignedBatch> published = [];
    private ulong lastBatchNumber;
    private Instant lastReading;
    private Instant lastPublished;
    private bool othersHaveWorked;

    /// <summary>Publishes what waits as a batch, or an empty one where the others need this validator's clock.</summary>
    /// <returns>Whether a batch was published.</returns>
    public bool Propose()
    {
        ThrowIfStopped();
        if (settings.Key is not { } key || FindValidator() is not { } self)
        {
            return false;
        }

        Instant now = Now();
        PublishLostAgain(now);
        bool hasWork = pool.Count > 0 && published.Count < MostOnTheirWay;
        if (!hasWork && !IsReadingWanted(now, isAlone: self.IsAlone))
        {
            return false;
        }

        return Stopping(() =>
        {
            SignedBatch batch = SignedBatch.Sign(LedgerId, lastBatchNumber + 1, now, pool.TakeBatch(), key);
            settings.Orderer.Publish(batch);
            lastBatchNumber = batch.Number;
            lastReading = now;
            lastPublished = now;
            published.Add(batch.Number, batch);
            return true;
        });
    }

    private (ValidatorMember Member, bool IsAlone)? FindValidator()
    {
        ValidatorSet validators = SystemTables.ValidatorsAt(new StateView(State), Height + 1);
        return settings.Key is { } key && validators.Find(key.Address) is { } member ? (member, validators.IsQuorum(member.Power)) : null;
    }

    // Block time is the median of all clocks: scheduled work waits until enough validators have said that it is due.
    private bool IsReadingWanted(Instant now, bool isAlone)
    {
        if (published.Count > 0)
        {
            return isAlone && NextDue <= now;
        }

        bool isStale = lastReading > now || now - lastReading >= BetweenReadings;
        return NextDue is { } due && due <= now
            ? isAlone || lastReading < due || isStale
            : othersHaveWorked && isStale;
    }

    // The order may lose what it took. Whoever published it does so again: a batch that comes twice is passed over.
    private void PublishLostAgain(Instant now)
    {
        if (published.Count == 0 || (now >= lastPublished && now - lastPublished < PatienceWithOrder))
        {
            return;
        }

        foreach (SignedBatch batch in published.Values)
        {
            settings.Orderer.Publish(batch);
        }

        lastPublished = now;
    }

    private SignedBatch? OwnBatch(ReadOnlyMemory<byte> entry) =>
        published.Values.FirstOrDefault(batch => batch.Bytes.Span.SequenceEqual(entry.Span));

    // Batches of one validator count by ascending number: what was overtaken never will, so its transactions wait again.
    private void NoticeBatch(SignedBatch executed, ExecutedBlock block)
    {
        if (executed.Proposer != settings.Key?.Address)
        {
            othersHaveWorked |= executed.Transactions.Count > 0 || block.ScheduledCount > 0;
            return;
        }

        lastBatchNumber = ulong.Max(lastBatchNumber, executed.Number);
        lastReading = executed.Time;
        othersHaveWorked = false;
        foreach (SignedBatch overtaken in published.Values.TakeWhile(batch => batch.Number <= executed.Number).ToArray())
        {
            if (ReferenceEquals(overtaken, executed))
            {
                published.Remove(executed.Number);
                pool.AddWithoutRoom(WithoutRoom(executed, block));
            }
            else
            {
                NoticePassedOver(overtaken);
            }
        }
    }

    // What the block had no room for used no nonce: it goes out again, before all that came after it from the same sender.
    private static IEnumerable<SignedTransaction> WithoutRoom(SignedBatch batch, ExecutedBlock block) =>
        batch.Transactions.Where((_, index) => block.Receipts[block.ScheduledCount + index].Outcome.Code == BlockWork.Full);

    private void NoticePassedOver(SignedBatch batch)
    {
        if (published.TryGetValue(batch.Number, out SignedBatch? own) && ReferenceEquals(own, batch))
        {
            published.Remove(batch.Number);
            pool.AddAgain(batch.Transactions);
        }
    }
}
