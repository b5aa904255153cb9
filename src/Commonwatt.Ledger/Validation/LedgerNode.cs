using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>A validator or a follower: takes transactions in, publishes them in batches, executes batches in their order, and makes blocks final.</summary>
/// <remarks>
/// It does nothing by itself: whoever owns it calls <see cref="Submit(IReadOnlyList{Transactions.SignedTransaction})"/>,
/// <see cref="Propose"/> and <see cref="Advance"/>, from one thread, as often as its clock and its work ask for. So a test
/// can drive it step by step, and stop it between any two.
/// </remarks>
public sealed partial class LedgerNode : IDisposable
{
    // Blocks are executed ahead of their certificates, but not for ever: what waits is in memory.
    private const ulong MostAhead = 64;

    private readonly NodeSettings settings;
    private readonly RecordLog log;
    private readonly ValidatorChangeLog changes;
    private readonly VoteFile? votes;
    private readonly BlockSealer sealer;
    private readonly BackgroundSealer? background;
    private readonly BlockExecutor executor;
    private readonly TransactionPool pool = new();
    private ulong position;
    private ulong released;
    private Exception? failure;

    private LedgerNode(NodeSettings settings, RecordLog log)
    {
        this.settings = settings;
        this.log = log;
        changes = new LedgerRecovery(settings, log).OpenChanges();
        LedgerState state = log.Count == 0 ? new LedgerState() : Recover();
        executor = new BlockExecutor(settings.Genesis, settings.Catalog, state);
        UnsealedBlock? genesis = log.Count == 0 ? new UnsealedBlock(executor.ExecuteGenesis(), settings.Genesis.Bytes, settings.Genesis.Id, [], OrderPlace.Start) : null;
        State = state.Freeze();
        Height = recovered?.Height ?? 0;
        Time = recovered?.Time ?? settings.Genesis.Time;
        votes = OpenVotes();
        try
        {
            sealer = new BlockSealer(settings, log, changes, votes);
            GoOn(genesis);
            background = settings.SealsInBackground ? new BackgroundSealer(sealer, settings.Votes is not null) : null;
        }
        catch
        {
            votes?.Dispose();
            throw;
        }
    }

    /// <summary>The ledger's id.</summary>
    public Hash LedgerId => settings.Genesis.Id;

    /// <summary>The height of the newest executed block; it may not be final yet.</summary>
    public ulong Height { get; private set; }

    /// <summary>The time of the newest executed block.</summary>
    public Instant Time { get; private set; }

    /// <summary>The state after the newest executed block.</summary>
    public Merkle.MerkleMapVersion State { get; private set; }

    /// <summary>The newest header that is final. With background sealing call <see cref="Drain"/> first.</summary>
    /// <exception cref="InvalidOperationException">Nothing is final yet: block 0 waits for the other validators' signatures.</exception>
    public BlockHeader Tip => sealer.Tip ?? throw new InvalidOperationException("Nothing is final yet: block 0 waits for the signatures of other validators.");

    /// <summary>The height of the newest final block, or null where not even block 0 is final.</summary>
    public ulong? FinalHeight => sealer.Tip?.Height;

    /// <summary>
    /// Whether others have a block that this node has not executed: an honest validator signed it, or it is certified. For a moment that is as it should be; where it
    /// lasts, the order does not give this node what it gave them, and it must take blocks from another node.
    /// </summary>
    public bool IsLeftBehind => sealer.IsLeftBehind;

    /// <summary>How many bytes the ledger file takes.</summary>
    public long FileBytes => log.Bytes;

    /// <summary>Every change of the validators that is final, by ascending height, with its proof. Another thread may read it.</summary>
    public IReadOnlyList<Proofs.StateProof> ValidatorChanges => changes.Changes;

    /// <summary>When the next scheduled call is due, or null.</summary>
    public Instant? NextDue => executor.NextDue();

    /// <summary>Starts a node: a new ledger in an empty folder, or the one that is there.</summary>
    /// <exception cref="DamagedFileException">The ledger file or the file of votes is harmed, or holds another ledger.</exception>
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

    /// <summary>Listens to the other validators, and executes the next batch in the order, if there is one.</summary>
    /// <returns>Whether there was a batch.</returns>
    public bool Advance()
    {
        ThrowIfStopped();
        return Stopping(() =>
        {
            if (background is null)
            {
                sealer.Exchange();
            }

            ReleaseBatches();
            bool isFarAhead = settings.Votes is not null && Height >= (sealer.Tip?.Height ?? 0) + MostAhead;
            if (isFarAhead || settings.Orderer.Read(position) is not { } next)
            {
                return false;
            }

            position++;
            // One's own batch is known already, with every signature in it checked.
            SignedBatch? own = OwnBatch(next);
            if ((own ?? Decode(next)) is { } batch)
            {
                Execute(batch, isChecked: own is not null, new OrderPlace(settings.Orderer.Order, position));
            }

            return true;
        });
    }

    /// <summary>Waits until every executed block is signed, and those with enough signatures are final and told of.</summary>
    public void Drain()
    {
        background?.Drain();
        ThrowIfStopped();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        background?.Dispose();
        votes?.Dispose();
        using (log)
        {
            if (failure is null && background?.Failure is null)
            {
                log.Trim();
            }
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

    private void Execute(SignedBatch batch, bool isChecked, OrderPlace place)
    {
        ulong height = Height + 1;
        executor.RequireRules(height);
        if (!executor.IsValid(batch, height))
        {
            NoticePassedOver(batch);
            return;
        }

        bool[] signed = Verdicts(batch, isChecked);
        ExecutedBlock executed = executor.Execute(batch, height, Time, signed);
        Height = height;
        Time = executed.Time;
        State = executed.State;
        NoticeBatch(batch, executed);
        Seal(new UnsealedBlock(executed, batch.Bytes, batch.Digest, batch.Transactions, place));
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
