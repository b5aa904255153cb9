namespace Commonwatt.EndToEnd.Tests;

/// <summary>Waits for what processes bring about, each time with a generous deadline.</summary>
internal static class Watch
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again, until what is waited for is there.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> isSo, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Longest, $"For {Longest.TotalMinutes} minutes it did not come to pass that {what}.");
            await Task.Delay(BetweenLooks, TestContext.Current.CancellationToken);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public static Task<TimeSpan> UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);
}
