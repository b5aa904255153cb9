namespace Commonwatt.Node.Load;

/// <summary>A clock that runs as fast as the machine's, and that can be put forward. Only the time of day is its own.</summary>
/// <param name="start">What it shows first.</param>
internal sealed class LoadClock(Instant start) : TimeProvider
{
    private readonly long since = System.GetTimestamp();
    private long ahead;

    /// <summary>What it shows.</summary>
    public Instant Now => start + System.GetElapsedTime(since) + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    /// <summary>Puts it forward to a moment; one that has passed is no matter.</summary>
    public void SkipTo(Instant moment)
    {
        TimeSpan left = moment - Now;
        if (left > TimeSpan.Zero)
        {
            Interlocked.Add(ref ahead, left.Ticks);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
