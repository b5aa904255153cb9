namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Wakes the one that waits; if nobody does, the next to wait does not.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private readonly Lock gate = new();

    /// <summary>Wakes.</summary>
    public void Set()
    {
        lock (gate)
        {
            if (semaphore.CurrentCount == 0)
            {
                semaphore.Release();
            }
        }
    }

    /// <summary>Waits to be woken.</summary>
    public Task WaitAsync(CancellationToken over) => semaphore.WaitAsync(over);

    /// <summary>Waits to be woken, but not longer than <paramref name="atMost"/>.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken over)
    {
        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, limit.Token);
        try
        {
            await semaphore.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => semaphore.Dispose();
}
