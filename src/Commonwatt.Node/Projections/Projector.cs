using System.Collections.Concurrent;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Projections;

/// <summary>Keeps the tables at the ledger's heels, on a thread of its own.</summary>
/// <remarks>
/// Final blocks come through a queue. What does not come that way, because the queue was full, the node was closed between writing a block and telling of it, or the tables are
/// new, is taken from the ledger's file and executed again.
/// </remarks>
internal sealed class Projector : IDisposable
{
    private const int MostWaiting = 256;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private readonly Projection projection;
    private readonly Action<string> log;
    private readonly BlockingCollection<FinalBlock> waiting = new(MostWaiting);
    private readonly CancellationTokenSource stopping = new();
    private readonly Waiters waiters = new();
    private readonly Thread thread;
    private Action<ProjectionChanges>? listeners;
    private ILedgerBlocks? blocks;
    private volatile BookPosition? position;
    private volatile LedgerMoment? newest;
    private volatile string? fault;
    private TimeSpan backOff = ShortestBackOff;

    /// <summary>Prepares it; <see cref="Start"/> makes it run.</summary>
    /// <param name="projection">The tables.</param>
    /// <param name="log">Told, in a sentence, what whoever runs the node should know.</param>
    public Projector(Projection projection, Action<string> log)
    {
        this.projection = projection;
        this.log = log;
        thread = new Thread(Run) { IsBackground = true, Name = "projection" };
    }

    /// <summary>How far the tables are behind.</summary>
    public ProjectionStatus Status => new(position?.Height, position?.Time, blocks?.FinalHeight, fault);

    /// <summary>The newest block that went in since the start and the state after it, or null where none did.</summary>
    public LedgerMoment? Newest => newest;

    /// <summary>Has somebody told how things are when the tables are opened, and then what changed, once it can be read from them.</summary>
    /// <param name="listener">Must not wait; called on the projector's thread.</param>
    public void Tell(Action<ProjectionChanges> listener) => listeners += listener;

    /// <summary>A block is final. Never waits: one that does not fit is taken from the ledger's file later.</summary>
    public void Offer(FinalBlock block)
    {
        if (!stopping.IsCancellationRequested)
        {
            _ = waiting.TryAdd(block);
        }
    }

    /// <summary>Starts to work.</summary>
    /// <param name="ledger">The ledger's file.</param>
    public void Start(ILedgerBlocks ledger)
    {
        blocks = ledger;
        thread.Start();
    }

    /// <summary>Done once a block is in the tables.</summary>
    public Task ReachAsync(ulong height, CancellationToken cancel) => waiters.WaitAsync(height, () => position?.Height, cancel);

    /// <summary>Stops, with what is in the queue left to the next start.</summary>
    public void Dispose()
    {
        stopping.Cancel();
        if (thread.IsAlive)
        {
            thread.Join();
        }

        waiting.Dispose();
        stopping.Dispose();
    }

    private void Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Open();
                while (!stopping.IsCancellationRequested)
                {
                    TakeWaiting();
                    CatchUp(blocks!.FinalHeight);
                    fault = null;
                    backOff = ShortestBackOff;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is, the ledger goes on; the tables are tried again from their last commit.
                fault = exception.Message;
                log($"The tables stand at height {position?.Height} and are tried again in {backOff.TotalSeconds:0} s: {exception}");
                stopping.Token.WaitHandle.WaitOne(backOff);
                backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
            }
        }
    }

    private void Open()
    {
        // Without a final block nothing can be said of tables that are there: the node may be catching up.
        while (blocks!.FinalHeight is null)
        {
            stopping.Token.ThrowIfCancellationRequested();
            stopping.Token.WaitHandle.WaitOne(BetweenLooks);
        }

        if (projection.Open(blocks) is { } why)
        {
            log($"The tables are made anew from the ledger: {why}.");
        }

        Know(projection.Position);
        listeners?.Invoke(projection.Present());
    }

    private void TakeWaiting()
    {
        if (!waiting.TryTake(out FinalBlock? first, (int)BetweenLooks.TotalMilliseconds, stopping.Token))
        {
            return;
        }

        var group = new List<FinalBlock> { first };
        while (group.Count < MostWaiting && waiting.TryTake(out FinalBlock? further))
        {
            group.Add(further);
        }

        foreach (FinalBlock block in group.Where(block => block.Header.Height >= projection.Next).ToArray())
        {
            if (block.Header.Height > projection.Next)
            {
                CatchUp(block.Header.Height - 1);
            }

            if (block.Header.Height == projection.Next)
            {
                Take(Following(group, block.Header.Height));
            }
        }
    }

    // All that follow without a gap go in together.
    private static IEnumerable<FinalBlock> Following(List<FinalBlock> group, ulong from)
    {
        ulong next = from;
        foreach (FinalBlock block in group)
        {
            if (block.Header.Height == next)
            {
                next++;
                yield return block;
            }
        }
    }

    private void CatchUp(ulong? last)
    {
        if (last >= projection.Next)
        {
            Take(blocks!.Blocks(projection.Next, last.Value, projection.Newest));
        }
    }

    private void Take(IEnumerable<FinalBlock> taken) => projection.Take(
        taken,
        changes =>
        {
            newest = projection.Newest is var (header, state) ? new LedgerMoment(header, state) : null;
            Know(projection.Position);
            listeners?.Invoke(changes);
        },
        stopping.Token);

    private void Know(BookPosition? reached)
    {
        position = reached;
        if (reached is not null)
        {
            waiters.Reach(reached.Height);
        }
    }
}

/// <summary>A final block and the state after it.</summary>
/// <param name="Header">The block's header.</param>
/// <param name="State">The state.</param>
internal sealed record LedgerMoment(BlockHeader Header, MerkleMapVersion State);
