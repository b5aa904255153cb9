namespace Commonwatt.Node.Tests;

/// <summary>A clock that a test moves.</summary>
internal sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + passed;

    public override long GetTimestamp() => passed.Ticks;

    public void Pass(TimeSpan time) => passed += time;
}
