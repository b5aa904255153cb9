using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.People;

/// <summary>Makes guessing slow: after some failures in a row each further one doubles the wait, up to a quarter of an hour. It outlives a restart.</summary>
/// <param name="database">The database that is not made anew.</param>
/// <param name="clock">The time of the world outside.</param>
internal sealed class AttemptThrottle(Database database, TimeProvider clock)
{
    private const int MostDoublings = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    private readonly Lock gate = new();

    /// <summary>Counts an attempt as failed before it is tried, so that many at once gain nothing.</summary>
    /// <param name="subject">Who or what is guessed at, or from where; only its digest is kept.</param>
    /// <param name="free">How many failures have no consequence.</param>
    /// <returns>How long to wait, or null where the attempt may be made.</returns>
    public TimeSpan? Begin(string subject, int free)
    {
        string key = SecretToken.DigestOf(subject);
        long now = clock.Now();
        lock (gate)
        {
            using DbConnection connection = database.Open();
            AttemptRow? row = connection.QuerySingleOrDefault<AttemptRow>("SELECT failures, blocked_until AS BlockedUntil, latest FROM attempts WHERE subject = @key", new { key });
            if (row is not null && row.BlockedUntil > now)
            {
                return TimeSpan.FromMilliseconds(row.BlockedUntil - now);
            }

            bool isForgotten = row is null || row.Latest + (long)Forgotten.TotalMilliseconds < now;
            long failures = isForgotten ? 1 : row!.Failures + 1;
            connection.Execute(
                """
                INSERT INTO attempts (subject, failures, blocked_until, latest) VALUES (@key, @failures, @until, @now)
                ON CONFLICT (subject) DO UPDATE SET failures = @failures, blocked_until = @until, latest = @now
                """,
                new { key, failures, until = failures < free ? 0 : now + (long)WaitAfter(failures - free).TotalMilliseconds, now });
            return null;
        }
    }

    /// <summary>The attempt was right: nothing is held against whoever made it.</summary>
    public void Forgive(string subject)
    {
        lock (gate)
        {
            using DbConnection connection = database.Open();
            connection.Execute("DELETE FROM attempts WHERE subject = @key", new { key = SecretToken.DigestOf(subject) });
        }
    }

    /// <summary>The attempt was right: it alone is not held against where it came from.</summary>
    public void TakeBack(string subject)
    {
        lock (gate)
        {
            using DbConnection connection = database.Open();
            connection.Execute("UPDATE attempts SET failures = failures - 1, blocked_until = 0 WHERE subject = @key AND failures > 0", new { key = SecretToken.DigestOf(subject) });
        }
    }

    private static TimeSpan WaitAfter(long beyond)
    {
        TimeSpan wait = FirstWait * (1L << (int)Math.Min(beyond, MostDoublings));
        return wait < LongestWait ? wait : LongestWait;
    }

    private sealed class AttemptRow
    {
        public long Failures { get; init; }

        public long BlockedUntil { get; init; }

        public long Latest { get; init; }
    }
}
