namespace Commonwatt.Node.Community.Requests;

/// <summary>How long an answer that depends on the clock may stand: phases change on whole minutes.</summary>
internal static class Freshness
{
    /// <summary>A mark that changes with the minute where a range reaches to the present, and not where it is past.</summary>
    public static long Of(TimeRange range, Instant now) => range.To <= now - TimeSpan.FromDays(2) ? 0 : now.UnixMilliseconds / 60_000;
}
