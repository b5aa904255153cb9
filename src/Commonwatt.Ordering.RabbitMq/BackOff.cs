namespace Commonwatt.Ordering.RabbitMq;

/// <summary>How long to wait before the next attempt: twice as long each time, up to a limit, and by chance up to half of it less.</summary>
internal sealed class BackOff(Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan next = Shortest;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        TimeSpan full = next;
        next = full * 2 < Longest ? full * 2 : Longest;
        double share;
        lock (random)
        {
            share = random.NextDouble();
        }

        return full * (1 - (share / 2));
    }

    /// <summary>Something worked: the next failure is a first one.</summary>
    public void Reset() => next = Shortest;
}
