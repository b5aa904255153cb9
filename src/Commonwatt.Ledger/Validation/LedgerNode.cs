using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Transactions;

namespace Commonwatt.Ledger.Validation;

/// <summary>A validator: takes transactions in, publishes them in batches, executes batches in their order, and makes blocks final.</summary>
/// <remarks>
/// It does nothing by itself: whoever owns it calls <see cref="Submit(IReadOnlyList{SignedTransaction})"/>,
/// <see cref="Propose"/> and <see cref="Advance"/>, from one thread, as often as its clock and its work ask for. So a test
/// can drive it step by step, and stop it between any two.
/// </remarks>
public sealed partial class LedgerNode : IDisposable
{
    private readonly NodeSettings settings;
    private readonly RecordLog log;
    private readonly BlockSealer sealer;
    private readonly BackgroundSealer? background;
    private readonly BlockExecutor executor;
    private readonly TransactionPool pool = new();
    private readonly Dictionary<ulong, SignedBatch> published = [];
    private ulong lastBatchNumber;
    private ulong position;
    private ulong released;
    private Exception? failure;

    private LedgerNode(NodeSettings settings, RecordLog log)
    {
        this.settings = settings;
        this.log = log;
        sealer = new BlockSealer(settings, log);
        LedgerState state = log.Count == 0 ? new LedgerState() : Recover();
        executor = new BlockExecutor(settings.Genesis, settings.Catalog, state);
        if (log.Count == 0)
        {
            Seal(new UnsealedBlock(executor.ExecuteGenesis(), settings.Genesis.Bytes, [], OrderPlace.Start));
        }

        State = state.Freeze();
        Height = sealer.Tip!.Height;
        Time = sealer.Tip.Time;
        background = settings.SealsInBackground ? new BackgroundSealer(sealer) : null;
    }

    /// <summary>What the node found when it started; null for a new ledger.</summary>
    public Recovery? Recovery { get; private set; }

    /// <summary>The ledger's id.</summary>
    public Hash LedgerId => settings.Genesis.Id;

    /// <summary>The height of the newest executed block.</summary>
    public ulong Height { get; private set; }

    /// <summary>The time of the newest executed block.</summary>
    public Instant Time { get; private set; }

    /// <summary>The state after the newest executed block.</summary>
    public Merkle.MerkleMapVersion State { get; private set; }

    /// <summary>The newest header that is final. With background sealing call <see cref="Drain"/> first.</summary>
    public BlockHeader Tip => sealer.Tip!;

    /// <summary>How many bytes the ledger file takes.</summary>
    public long FileBytes => log.Bytes;

    /// <summary>When the next scheduled call is due, or null.</summary>
    public Instant? NextDue => executor.NextDue();

    /// <summary>Starts a node: a new ledger in an empty folder, or the one that is there.</summary>
    /// <exception cref="DamagedFileException">The ledger file is harmed, or holds another ledger.</exception>
    public static LedgerNode Open(NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        LedgerNode node = Start(settings);
        try
        {
            // Batches that were ordered before a crash and not yet executed come first.
            while (node.Advance())
            {
            }

            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>Publishes what waits as a batch, or an empty batch when scheduled work is due.</summary>
    /// <returns>Whether a batch was published.</returns>
    public bool Propose()
    {
        ThrowIfStopped();
        Instant now = Now();
        if (pool.Count == 0 && !(NextDue <= now))
        {
            return false;
        }

        return Stopping(() =>
        {
            RequireToBeValidator();
            SignedBatch batch = SignedBatch.Sign(LedgerId, lastBatchNumber + 1, now, pool.TakeBatch(), settings.Key);
            settings.Orderer.Publish(batch);
            lastBatchNumber = batch.Number;
            published.Add(batch.Number, batch);
            return true;
        });
    }

    /// <summary>Executes the next batch in the order, if there is one, and makes its block final.</summary>
    /// <returns>Whether there was a batch.</returns>
    public bool Advance()
    {
        ThrowIfStopped();
        return Stopping(() =>
        {
            ReleaseBatches();
            if (settings.Orderer.Read(position) is not { } next)
            {
                return false;
            }

            position++;
            // One's own batch is known already, with every signature in it checked.
            SignedBatch? own = published.Values.FirstOrDefault(batch => batch.Bytes.Span.SequenceEqual(next.Span));
            if (own is not null)
            {
                published.Remove(own.Number);
            }

            if ((own ?? Decode(next)) is { } batch)
            {
                Execute(batch, isChecked: own is not null);
            }

            return true;
        });
    }

    /// <summary>Waits until every executed block is final and told of.</summary>
    public void Drain()
    {
        background?.Drain();
        ThrowIfStopped();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        background?.Dispose();
        using (log)
        {
            if (failure is null && background?.Failure is null)
            {
                log.Trim();
            }
        }
    }

    // A batch of somebody who is no validator counts for nobody: to go on publishing would only look like work.
    private void RequireToBeValidator()
    {
        if (SystemTables.ValidatorsAt(new StateView(State), Height + 1).Find(settings.Key.Address) is null)
        {
            throw new InvalidOperationException($"{settings.Key.Address}, whose key this node signs with, is no validator from height {Height + 1} on: nothing that it publishes would count.");
        }
    }

    private static LedgerNode Start(NodeSettings settings)
    {
        RecordLog log = RecordLog.Open(settings.Disk, settings.FileName, settings.Reserve);
        try
        {
            return new LedgerNode(settings, log);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private LedgerState Recover()
    {
        (LedgerState state, BlockHeader tip, Recovery found) = new LedgerRecovery(settings, log).Run();
        sealer.Tip = tip;
        position = tip.Place.Next;
        released = position;
        sealer.DurablePosition = position;
        settings.Orderer.Release(position);
        Recovery = found;
        lastBatchNumber = SystemTables.Proposers.FindOr(new StateView(state.Freeze()), settings.Key.Address, default).BatchNumber;
        return state;
    }

    private void Execute(SignedBatch batch, bool isChecked)
    {
        ulong height = Height + 1;
        executor.RequireRules(height);
        if (!executor.IsValid(batch, height))
        {
            return;
        }

        bool[] signed = Verdicts(batch, isChecked);
        ExecutedBlock executed = executor.Execute(batch, height, Time, signed);
        lastBatchNumber = batch.Proposer == settings.Key.Address ? ulong.Max(lastBatchNumber, batch.Number) : lastBatchNumber;
        Height = height;
        Time = executed.Time;
        State = executed.State;
        Seal(new UnsealedBlock(executed, batch.Bytes, batch.Transactions, new OrderPlace(settings.Orderer.Order, position)));
    }

    // What is no batch counts for nobody, like one of a stranger: the order takes whatever was published.
    private static SignedBatch? Decode(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return SignedBatch.Decode(entry.Span);
        }
        catch (MalformedBytesException)
        {
            return null;
        }
    }

    // Only what is in durable blocks may go.
    private void ReleaseBatches()
    {
        ulong durable = sealer.DurablePosition;
        if (durable != released)
        {
            settings.Orderer.Release(durable);
            released = durable;
        }
    }

    private bool[] Verdicts(SignedBatch batch, bool isChecked)
    {
        if (settings.Genesis.HasSignatures && !isChecked)
        {
            return SignatureChecks.Run(batch.Transactions, settings.SignatureThreads);
        }

        bool[] all = new bool[batch.Transactions.Count];
        Array.Fill(all, value: true);
        return all;
    }

    private void Seal(UnsealedBlock block)
    {
        if (background is not null)
        {
            background.Add(block);
            return;
        }

        sealer.Write(block);
        sealer.Commit();
    }

    private Instant Now() => Instant.From(settings.Clock.GetUtcNow());

    private bool Stopping(Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (exception is not NodeStoppedException)
        {
            failure = exception;
            throw;
        }
    }

    private void ThrowIfStopped()
    {
        if ((failure ?? background?.Failure) is { } reason)
        {
            throw new NodeStoppedException($"The node has stopped: {reason.Message}", reason);
        }
    }
}
