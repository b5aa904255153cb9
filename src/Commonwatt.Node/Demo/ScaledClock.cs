namespace Commonwatt.Node.Demo;

/// <summary>A clock that begins at a time of its own and runs at a multiple of the wall clock's pace. Only the time of day is scaled: timers and timestamps stay the machine's.</summary>
/// <remarks>It counts from the machine's timestamps, so that nobody who sets the wall clock moves it, and it never goes back.</remarks>
internal sealed class ScaledClock : TimeProvider
{
    private readonly TimeProvider wall;
    private readonly Instant start;
    private readonly long since;

    /// <summary>A clock that shows a time now and goes on from it.</summary>
    /// <param name="start">What it shows first.</param>
    /// <param name="speed">How many seconds it counts in one of the machine's; 1 or more.</param>
    /// <param name="wall">The machine's clock.</param>
    public ScaledClock(Instant start, int speed, TimeProvider wall)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        this.start = start;
        this.wall = wall;
        Speed = speed;
        since = wall.GetTimestamp();
    }

    /// <summary>How many seconds it counts in one of the machine's.</summary>
    public int Speed { get; }

    /// <summary>What it shows, as the ledger writes times.</summary>
    public Instant Now => start + (wall.GetElapsedTime(since) * Speed);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => wall.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    /// <inheritdoc/>
    public override long GetTimestamp() => wall.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>How long the machine takes until the clock shows a moment; zero once it has passed.</summary>
    public TimeSpan Until(Instant moment)
    {
        TimeSpan left = (moment - Now) / Speed;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
