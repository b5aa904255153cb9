namespace Commonwatt.Simulation.Running;

/// <summary>A clock that stands where it is put: a simulated year passes as fast as it is computed.</summary>
/// <param name="start">The time it shows first.</param>
internal sealed class SimulationClock(Instant start) : TimeProvider
{
    /// <summary>The time it shows.</summary>
    public Instant Now { get; set; } = start;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
