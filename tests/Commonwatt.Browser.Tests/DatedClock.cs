namespace Commonwatt.Browser.Tests;

/// <summary>The machine's clock, set to another date: it runs at the same pace.</summary>
/// <param name="start">What it shows first.</param>
internal sealed class DatedClock(DateTimeOffset start) : TimeProvider
{
    private readonly long since = TimeProvider.System.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + TimeProvider.System.GetElapsedTime(since);
}
