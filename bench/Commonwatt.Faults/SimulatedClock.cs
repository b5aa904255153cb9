namespace Commonwatt.Faults;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SimulatedClock(Instant start) : TimeProvider
{
    public Instant Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
