using Commonwatt.Node.Demo;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>The demo's clock.</summary>
public sealed class ScaledClockTests
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_hour_passes_in_twelve_seconds_at_three_hundred_times_the_pace()
    {
        var wall = new StandingClock(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var clock = new ScaledClock(Start, 300, wall);

        wall.Pass(TimeSpan.FromSeconds(12));

        Assert.Equal(Start + TimeSpan.FromHours(1), clock.Now);
        Assert.Equal(TimeSpan.FromSeconds(12), clock.Until(Start + TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.Zero, clock.Until(Start));
    }

    [Fact]
    public void Timers_and_timestamps_stay_the_machines()
    {
        var wall = new StandingClock(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var clock = new ScaledClock(Start, 300, wall);
        long before = clock.GetTimestamp();

        wall.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), clock.GetElapsedTime(before));
    }
}
