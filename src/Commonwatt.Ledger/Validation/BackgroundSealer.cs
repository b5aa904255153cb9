using System.Collections.Concurrent;

namespace Commonwatt.Ledger.Validation;

/// <summary>Seals blocks on a thread of its own: all that wait are written, then synced together (group commit). Between them it listens to the other validators.</summary>
internal sealed class BackgroundSealer : IDisposable
{
    private const int MostWaiting = 64;

    // Votes are wanted at once where a block waits for them; else they can wait until one does.
    private static readonly TimeSpan BetweenListening = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan BetweenIdleListening = TimeSpan.FromMilliseconds(20);

    private readonly BlockSealer sealer;
    private readonly BlockingCollection<UnsealedBlock> waiting = new(MostWaiting);
    private readonly ManualResetEventSlim idle = new(initialState: true);
    private readonly Lock gate = new();
    private readonly Thread thread;
    private readonly bool listens;
    private int unfinished;
    private Exception? failure;

    public BackgroundSealer(BlockSealer sealer, bool listens)
    {
        this.sealer = sealer;
        this.listens = listens;
        thread = new Thread(Run) { IsBackground = true, Name = "seal blocks" };
        thread.Start();
    }

    /// <summary>What went wrong, if something did: then nothing is sealed any more.</summary>
    public Exception? Failure => Volatile.Read(ref failure);

    public void Add(UnsealedBlock block)
    {
        lock (gate)
        {
            unfinished++;
            idle.Reset();
        }

        waiting.Add(block);
    }

    /// <summary>Waits until everything was signed and written that could be, or sealing failed.</summary>
    public void Drain() => idle.Wait();

    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
        idle.Dispose();
    }

    private void Run()
    {
        while (!waiting.IsCompleted)
        {
            if (waiting.TryTake(out UnsealedBlock? first, Patience()))
            {
                Finish(failure is null ? SealGroup(first) : 1);
            }

            if (listens && failure is null)
            {
                Listen();
            }
        }
    }

    private TimeSpan Patience() => !listens ? Timeout.InfiniteTimeSpan : sealer.IsWaiting ? BetweenListening : BetweenIdleListening;

    private void Finish(int taken)
    {
        lock (gate)
        {
            unfinished -= taken;
            if (unfinished == 0)
            {
                idle.Set();
            }
        }
    }

    private void Listen()
    {
        try
        {
            sealer.Exchange();
        }
        catch (Exception exception)
        {
            Volatile.Write(ref failure, exception);
        }
    }

    private int SealGroup(UnsealedBlock first)
    {
        int taken = 1;
        try
        {
            sealer.Write(first);
            while (taken < MostWaiting && waiting.TryTake(out UnsealedBlock? next))
            {
                taken++;
                sealer.Write(next);
            }

            sealer.Commit();
        }
        catch (Exception exception)
        {
            // Nothing was told: what is not synced does not count. The node reports it at its next step and stops.
            Volatile.Write(ref failure, exception);
        }

        return taken;
    }
}
