namespace Commonwatt.Node.Federation;

/// <summary>How fast a long answer must come: a least rate on average once some time has passed, and an end after all.</summary>
/// <param name="clock">Measures the time from now on.</param>
/// <param name="most">How long the whole may take.</param>
internal sealed class LeastPace(TimeProvider clock, TimeSpan most)
{
    private const int BytesPerSecond = 64 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly long begun = clock.GetTimestamp();
    private long bytes;

    /// <summary>What is wrong once no time is left.</summary>
    public string Fault { get; } = $"The answer came too slowly: it must come at {BytesPerSecond / 1024} KiB a second or more after {Grace.TotalSeconds} seconds, and end within {most.TotalMinutes} minutes.";

    /// <summary>How long the next bytes may take; zero where none may come any more.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan allowed = Grace + TimeSpan.FromSeconds((double)bytes / BytesPerSecond);
            TimeSpan left = (allowed < most ? allowed : most) - clock.GetElapsedTime(begun);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Counts bytes that came, none at the end of the answer.</summary>
    /// <exception cref="IOException">They came too slowly.</exception>
    public void Count(int came)
    {
        bytes += came;
        if (came > 0 && Left == TimeSpan.Zero)
        {
            throw new IOException(Fault);
        }
    }
}
