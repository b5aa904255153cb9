using System.Data.Common;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Community.Idempotency;

/// <summary>What was answered to requests that carried a key, for a day.</summary>
/// <param name="database">The database <c>community</c>, which is not made from the ledger.</param>
/// <param name="clock">The clock on the wall.</param>
internal sealed class IdempotencyStore(Database database, TimeProvider clock)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>How many answers are kept for one caller; of more the oldest are forgotten, so that a stolen client cannot fill the disk.</summary>
    public const int MostOfCaller = 10_000;

    // Counting at every request would cost more than what it saves.
    private const int BetweenCounts = 100;

    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    // A request that has no answer after this long was cut off by a crash.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(2);

    private int counted;

    /// <summary>Makes the table where there is none.</summary>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public void Prepare()
    {
        using DbConnection connection = database.Open();
        connection.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS idempotency (
                caller TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, at BIGINT NOT NULL,
                status BIGINT, content_type TEXT, body {(database is SqliteDatabase ? "BLOB" : "BYTEA")}, location TEXT,
                PRIMARY KEY (caller, key))
            """);
        connection.Execute("CREATE INDEX IF NOT EXISTS idempotency_by_at ON idempotency (at)");
        connection.Execute("CREATE INDEX IF NOT EXISTS idempotency_by_caller ON idempotency (caller, at)");
    }

    /// <summary>Takes a key for a request, unless it was taken before.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">His key.</param>
    /// <param name="request">A hash of what is asked.</param>
    /// <returns>Null where the request is new and is now to be done; else what is known of the one before.</returns>
    public EarlierRequest? Take(string caller, string key, string request)
    {
        using DbConnection connection = database.Open();
        long now = Now;
        Forget(connection, now);
        int taken = connection.Execute(
            "INSERT INTO idempotency (caller, key, request, at) VALUES (@caller, @key, @request, @now) ON CONFLICT (caller, key) DO NOTHING",
            new { caller, key, request, now });
        if (taken == 1 && Interlocked.Increment(ref counted) % BetweenCounts == 0)
        {
            ForgetOldest(connection, caller);
        }

        return taken == 1
            ? null
            : connection.QuerySingleOrDefault<EarlierRequest>(
                "SELECT request, status, content_type AS ContentType, body, location FROM idempotency WHERE caller = @caller AND key = @key",
                new { caller, key }) ?? new EarlierRequest { Request = request };
    }

    /// <summary>Keeps an answer.</summary>
    public void Keep(string caller, string key, long status, string? contentType, byte[] body, string? location)
    {
        using DbConnection connection = database.Open();
        connection.Execute(
            "UPDATE idempotency SET status = @status, content_type = @contentType, body = @body, location = @location WHERE caller = @caller AND key = @key",
            new { caller, key, status, contentType, body, location });
    }

    /// <summary>Gives a key back: the request failed, and may be tried again with the same key.</summary>
    public void Release(string caller, string key)
    {
        using DbConnection connection = database.Open();
        connection.Execute("DELETE FROM idempotency WHERE caller = @caller AND key = @key AND status IS NULL", new { caller, key });
    }

    /// <summary>Forgets what is older than a day, now and each hour: some answers hold a secret, and perhaps nobody sends a key again.</summary>
    public async Task ForgetEachHourAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(BetweenForgetting, clock);
        try
        {
            do
            {
                try
                {
                    Forget();
                }
                catch (Exception away) when (away is DbException or DatabaseException)
                {
                    // Others notice that the database is away, and tell of it: this is tried again in an hour.
                }
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>Forgets what is older than a day.</summary>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public void Forget()
    {
        using DbConnection connection = database.Open();
        Forget(connection, Now);
    }

    // A request that is being answered is kept whatever its age.
    private static void ForgetOldest(DbConnection connection, string caller) => connection.Execute(
        """
        DELETE FROM idempotency WHERE caller = @caller AND status IS NOT NULL
        AND at < (SELECT at FROM idempotency WHERE caller = @caller ORDER BY at DESC LIMIT 1 OFFSET @last)
        """,
        new { caller, last = MostOfCaller - 1 });

    private static void Forget(DbConnection connection, long now) => connection.Execute(
        "DELETE FROM idempotency WHERE at < @day OR (status IS NULL AND at < @cut)",
        new { day = now - (long)Kept.TotalMilliseconds, cut = now - (long)LongestRequest.TotalMilliseconds });

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A request that was made with the same key before.</summary>
internal sealed record EarlierRequest
{
    /// <summary>A hash of what was asked.</summary>
    public required string Request { get; init; }

    /// <summary>The status of its answer, or null while it has none.</summary>
    public long? Status { get; init; }

    /// <summary>What its answer is.</summary>
    public string? ContentType { get; init; }

    /// <summary>Its answer.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The answer's header <c>Location</c>, or null.</summary>
    public string? Location { get; init; }
}
