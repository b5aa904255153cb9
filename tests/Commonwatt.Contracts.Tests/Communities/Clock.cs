namespace Commonwatt.Contracts.Tests.Communities;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class Clock(Instant start) : TimeProvider
{
    public Instant Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
