using System.Data.Common;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Projections;

/// <summary>Reads the community's book from the tables, so that the next block's rows can be made.</summary>
internal static class BookLoading
{
    /// <summary>Reads the book.</summary>
    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public static CommunityBook Load(Database database)
    {
        using DbConnection connection = database.Open();
        var book = new CommunityBook
        {
            Position = connection.Query<PositionRow>("SELECT height, time, hash FROM position").Select(row => new BookPosition((ulong)row.Height, row.Time, row.Hash)).SingleOrDefault(),
        };
        LoadAccounts(connection, book);
        LoadCommunity(connection, book);
        LoadPeriods(connection, book);
        return book;
    }

    private static void LoadAccounts(DbConnection connection, CommunityBook book)
    {
        foreach (AccountRow row in connection.Query<AccountRow>("SELECT account, balance, locked, credit_line AS CreditLine, address FROM accounts ORDER BY account"))
        {
            book.Add(new BookAccount(row.Account, row.Address) { Balance = new Money(row.Balance), Locked = new Money(row.Locked), CreditLine = new Money(row.CreditLine) });
        }

        foreach ((long number, Address address) in AccountNumber.OfCommunity)
        {
            if (book.Accounts.All(account => account.Number != number))
            {
                book.Add(new BookAccount(number, address));
            }
        }
    }

    private static void LoadCommunity(DbConnection connection, CommunityBook book)
    {
        foreach ((long number, long since, long height) in connection.Query<(long, long, long)>("SELECT number, since, since_height FROM members"))
        {
            book.Members.Add(number, (new Instant(since), (ulong)height));
        }

        foreach ((long member, byte[] meter, byte[]? gateway, long since) in connection.Query<(long, byte[], byte[]?, long)>("SELECT member, meter, gateway, since FROM meters WHERE until IS NULL"))
        {
            book.Meters.Add(member, (new Address(meter), gateway is null ? null : new Address(gateway), new Instant(since)));
        }

        foreach ((long member, string name, string kind, long power, long since) in connection.Query<(long, string, string, long, long)>("SELECT member, name, kind, power_w, since FROM assets WHERE until IS NULL"))
        {
            book.Assets.Add((member, name), (kind, power, new Instant(since)));
        }

        foreach (ParametersRow row in connection.Query<ParametersRow>(ParametersRow.Query))
        {
            book.Parameters.Add(row.FromTime.UnixMilliseconds, row.ToParameters());
        }

        foreach ((byte[] address, long power, long since) in connection.Query<(byte[], long, long)>("SELECT address, power, since_height FROM validators WHERE power > 0"))
        {
            book.Validators.Add(new Address(address), ((ulong)power, (ulong)since));
        }

        byte[]? validators = connection.QueryFirstOrDefault<byte[]>("SELECT content FROM validator_sets ORDER BY from_height DESC LIMIT 1");
        book.ValidatorsHash = validators is null ? Hash.Zero : Hash.Of(validators);
    }

    private static void LoadPeriods(DbConnection connection, CommunityBook book)
    {
        foreach (PeriodRow row in connection.Query<PeriodRow>(PeriodRow.QueryUnsettled))
        {
            book.Periods.Add(row.Delivery, row.ToPeriod());
        }

        const string orders =
            """
            SELECT delivery, member, label, version, side, quantity_wh AS QuantityWh, price, locked, state, filled_wh AS FilledWh, placed_at AS PlacedAt, height, event, receipt
            FROM orders WHERE delivery IN (SELECT delivery FROM periods WHERE settled_at IS NULL) ORDER BY delivery, height, event
            """;
        // Orders were numbered in the order of their arrival, which their places on the ledger show as well.
        ulong sequence = 0;
        foreach (OrderRow row in connection.Query<OrderRow>(orders))
        {
            BookPeriod period = book.Periods[row.Delivery];
            (long Member, long Label) key = (row.Member, row.Label);
            period.Versions[key] = long.Max(row.Version, period.Versions.GetValueOrDefault(key));
            if (row.State is not ("withdrawn" or "replaced"))
            {
                period.Orders[key] = row.ToOrder(++sequence);
            }
        }
    }

    private sealed record PositionRow
    {
        public long Height { get; init; }

        public Instant Time { get; init; }

        public Hash Hash { get; init; }
    }

    private sealed record AccountRow
    {
        public long Account { get; init; }

        public long Balance { get; init; }

        public long Locked { get; init; }

        public long CreditLine { get; init; }

        public Address Address { get; init; }
    }
}
