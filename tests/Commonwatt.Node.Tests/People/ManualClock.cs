namespace Commonwatt.Node.Tests.People;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan span) => now += span;

    public override DateTimeOffset GetUtcNow() => now;
}
