namespace Commonwatt.Node.Projections;

/// <summary>Those who wait for a height.</summary>
internal sealed class Waiters
{
    private readonly Lock gate = new();
    private readonly List<(ulong Height, TaskCompletionSource Done)> waiting = [];

    /// <summary>Waits for a height.</summary>
    /// <param name="height">The height.</param>
    /// <param name="reached">What is reached now, or null.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task WaitAsync(ulong height, Func<ulong?> reached, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (reached() >= height)
            {
                return;
            }

            waiting.Add((height, done));
        }

        try
        {
            await done.Task.WaitAsync(cancel);
        }
        finally
        {
            lock (gate)
            {
                waiting.RemoveAll(one => one.Done == done);
            }
        }
    }

    /// <summary>A height is reached: those who wait for it, or for one below, wait no more.</summary>
    public void Reach(ulong height)
    {
        lock (gate)
        {
            foreach ((ulong wanted, TaskCompletionSource done) in waiting)
            {
                if (wanted <= height)
                {
                    done.TrySetResult();
                }
            }
        }
    }
}
