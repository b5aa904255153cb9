using System.Data.Common;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Projections;
using Dapper;

namespace Commonwatt.Node.Tests.Community;

/// <summary>The tables of a community of many members that has traded by the hour for a year, as a projection of its ledger would have them, made up by arithmetic.</summary>
internal static class YearOfTables
{
    public const long Start = 1_763_683_200_000;
    public const int Hours = 8_760;

    /// <summary>The time at which the year is over but for the hour that runs.</summary>
    public static Instant Now => new(Start + (Hours * 3_600_000L) - 1_800_000);

    /// <summary>Fills an empty database.</summary>
    public static void Fill(Database database, int members)
    {
        new ProjectionStore(database, Hash.Of("a year"u8)).Prepare();
        using DbConnection connection = database.Open();
        using DbTransaction transaction = connection.BeginTransaction();
        foreach (string statement in Statements(members))
        {
            connection.Execute(statement, transaction: transaction, commandTimeout: 600);
        }

        transaction.Commit();
        connection.Execute("ANALYZE; SELECT 1");
    }

    // A period's four blocks open it, take its orders, clear and settle it. Odd members sell to the even ones next to them.
    private static IEnumerable<string> Statements(int members)
    {
        string numbers = $"WITH RECURSIVE m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m WHERE n < {members}), p(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM p WHERE i < {Hours - 1})";
        string delivery = $"({Start} + i * 3600000)";
        yield return $"INSERT INTO position VALUES (1, x'00', x'00', {Hours * 4}, {Now.UnixMilliseconds}, x'00')";
        yield return $"INSERT INTO parameters VALUES (0, 3600000, 3600000, 300000, 1800000, 2592000000, 'pay-as-clear', 0, 0, 0, 20000, 20000, 'dynamic', NULL, 0, 0)";
        yield return "INSERT INTO tariffs VALUES (0, 220000, 50000, 0, 0)";
        yield return $"{numbers} INSERT INTO blocks SELECT i, {Start} + i * 900000, x'00', 1, 1, 10, 1000, 1, x'00' FROM (SELECT i * 4 + k AS i FROM p, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2 UNION SELECT 3)) AS b WHERE i >= 0";
        yield return $"{numbers} INSERT INTO members SELECT n, 10000, 5000, 1, 1, 0, 0, 0, zeroblob(18) || CAST(printf('%02d', n % 100) AS BLOB) FROM m";
        yield return $"{numbers} INSERT INTO accounts SELECT n, 100000000, 0, 0, zeroblob(18) || CAST(printf('%02d', n % 100) AS BLOB) FROM m";
        yield return $"""
            {numbers} INSERT INTO periods (delivery, length_ms, opened_at, gate_at, deadline_at, is_sharing, mechanism, local_grid_fee, phase, cleared_at, price, traded_wh, traded_amount, orders, trades,
              settled_at, retail, feed_in, drawn_wh, fed_wh, estimates, opened_height, cleared_height, cleared_event, settled_height, settled_event)
            SELECT {delivery}, 3600000, {delivery} - 3600000, {delivery} - 300000, {delivery} + 5400000, 0, 'pay-as-clear', 20000, CASE WHEN i < {Hours - 2} THEN 'settled' ELSE 'cleared' END,
              {delivery} - 300000, 100000 + (i % 24) * 3000, {members * 250}, {members * 30000}, {members}, {members / 2}, CASE WHEN i < {Hours - 2} THEN {delivery} + 5400000 END, 220000, 50000, {members * 500}, {members * 400}, 0,
              i * 4, i * 4 + 2, 0, CASE WHEN i < {Hours - 2} THEN i * 4 + 3 END, CASE WHEN i < {Hours - 2} THEN 0 END FROM p
            """;
        yield return $"{numbers} INSERT INTO transactions SELECT i * 4 + 1, n, 0, x'00', i, 0, 1, 'market.place', 1, 1, NULL, NULL, randomblob(32) FROM p, m";
        yield return $"{numbers} INSERT INTO orders SELECT {delivery}, n, 1, 1, CASE n % 2 WHEN 1 THEN 'sell' ELSE 'buy' END, 500, 120000, 60000, 'filled', 500, {delivery} - 3000000, {delivery} - 300000, i * 4 + 1, n, n FROM p, m";
        yield return $"{numbers} INSERT INTO trades SELECT {delivery}, n / 2, n, n - 1, 500, 120000, 60000, i * 4 + 2, 0 FROM p, m WHERE n % 2 = 0";
        yield return $"{numbers} INSERT INTO metered SELECT {delivery}, n, CASE n % 2 WHEN 1 THEN -600 ELSE 900 END, 0, 0 FROM p, m WHERE i < {Hours - 2}";
        yield return $"{numbers} INSERT INTO reported SELECT {delivery}, n, CASE n % 2 WHEN 1 THEN 0 ELSE 900 END, CASE n % 2 WHEN 1 THEN 600 ELSE 0 END, 0, {delivery} + 3700000, i * 4 + 3 FROM p, m WHERE i < {Hours - 1}";
        yield return $"""
            {numbers} INSERT INTO entries SELECT n, i * 4 + 3, 0, n * 10 + k * 2 + n % 2, {delivery} + 5400000, CASE k WHEN 0 THEN 'trade' WHEN 1 THEN 'grid-fee' ELSE 'utility-import' END,
              CASE n % 2 WHEN 1 THEN 60000 ELSE -60000 END, 500, 120000, {delivery}, CASE k WHEN 0 THEN n + 1 ELSE -1 END, 0, 0, 0
            FROM m, p, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) AS kinds WHERE i < {Hours - 2}
            """;
        yield return $"{numbers} INSERT INTO entries SELECT -1, i * 4 + 3, 0, 0, {delivery} + 5400000, 'settlement', 1000, NULL, NULL, {delivery}, NULL, 0, 0, 0 FROM p WHERE i < {Hours - 2}";
        yield return $"""
            {numbers} INSERT INTO lines SELECT {delivery}, i * 4 + 3, 0, n * 3 + k, 'member', n, CASE k WHEN 0 THEN 'member' ELSE 'utility' END, CASE k WHEN 0 THEN n + 1 END,
              CASE k WHEN 0 THEN 'trade' WHEN 1 THEN 'grid-fee' ELSE 'utility-import' END, 500, 120000, 60000, 0, 0
            FROM p, m, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) AS kinds WHERE i < {Hours - 2}
            """;
    }
}
