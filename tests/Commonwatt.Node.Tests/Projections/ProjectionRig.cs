using System.Data.Common;
using System.Text;
using Commonwatt.Contracts;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Projections;
using Dapper;

namespace Commonwatt.Node.Tests.Projections;

/// <summary>Tables that are made from a community's blocks.</summary>
internal sealed class ProjectionRig : IDisposable
{
    private static readonly WalletContract Wallet = new CommunityRules().Wallet;

    private readonly Database database;

    public ProjectionRig(Database database, LedgerGenesis genesis, ILedgerBlocks blocks)
    {
        this.database = database;
        Projection = new Projection(new ProjectionStore(database, genesis.Id), genesis);
        WhyEmptied = Projection.Open(blocks);
    }

    public Projection Projection { get; }

    public string? WhyEmptied { get; }

    public List<ProjectionChanges> Changes { get; } = [];

    public static ProjectionRig Of(TestCommunity community, Database database) => new(database, community.Genesis, BlocksOf(community));

    /// <summary>The blocks as they stand in the community's ledger file.</summary>
    public static ILedgerBlocks BlocksOf(TestCommunity community) => new FileBlocks(community.Genesis, community.Disk, () => community.Blocks[^1].Header.Height);

    public ProjectionRig Take(IEnumerable<FinalBlock> blocks)
    {
        Projection.Take(blocks.SkipWhile(block => block.Header.Height < Projection.Next), Changes.Add, TestContext.Current.CancellationToken);
        return this;
    }

    public IReadOnlyList<T> Query<T>(string statement, object? parameters = null)
    {
        using DbConnection connection = database.Open();
        return [.. connection.Query<T>(statement, parameters)];
    }

    /// <summary>Every row of every table, in text.</summary>
    public string Dump()
    {
        var text = new StringBuilder();
        using DbConnection connection = database.Open();
        foreach (ProjectedTable table in ProjectedTables.All)
        {
            string columns = string.Join(", ", table.Columns.Where(column => column.Name != "layout").Select(column => column.Name));
            using var reader = (DbDataReader)connection.ExecuteReader($"SELECT {columns} FROM {table.Name} ORDER BY {string.Join(", ", table.Columns.Take(table.Keys).Select(column => column.Name))}");
            while (reader.Read())
            {
                text.Append(table.Name);
                for (int index = 0; index < reader.FieldCount; index++)
                {
                    object value = reader.GetValue(index);
                    text.Append(' ').Append(value is byte[] bytes ? Convert.ToHexStringLower(bytes) : value is DBNull ? "-" : value);
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Every account is what the ledger says after a block, and the sum of its entries.</summary>
    public void MustEqual(FinalBlock block)
    {
        var state = new StateView(block.Executed.State);
        Dictionary<Address, Account> expected = Wallet.Accounts(state).ToDictionary();
        IReadOnlyList<AccountFacts> accounts = Query<AccountFacts>(
            """
            SELECT address AS Address, balance AS Balance, locked AS Locked, credit_line AS CreditLine,
              (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM entries WHERE entries.account = accounts.account) AS Entries
            FROM accounts
            """);
        Assert.All(accounts, account =>
        {
            Account found = expected.GetValueOrDefault(account.Address);
            Assert.Equal(found, new Account(new Money(account.Balance), new Money(account.Locked), new Money(account.CreditLine)));
            Assert.Equal(found.Balance.Micros, account.Entries);
        });
        Assert.All(expected.Keys, holder => Assert.Contains(accounts, account => account.Address == holder));
    }

    public void Dispose() => database.Dispose();

    private sealed record AccountFacts
    {
        public Address Address { get; init; }

        public long Balance { get; init; }

        public long Locked { get; init; }

        public long CreditLine { get; init; }

        public long Entries { get; init; }
    }

    private sealed class FileBlocks(LedgerGenesis genesis, IDisk disk, Func<ulong?> finalHeight) : ILedgerBlocks
    {
        private readonly RecordReader reader = RecordReader.Open(disk, "community.ledger");

        public ulong? FinalHeight => finalHeight();

        private LedgerReplay Replay => new(genesis, CommunityRules.Catalog, disk, height => reader.Read(height), signatureThreads: 1);

        public BlockHeader HeaderAt(ulong height) => Replay.HeaderAt(height);

        public CertifiedBlock BlockAt(ulong height) => CertifiedBlock.Decode(reader.Read(height));

        public IEnumerable<FinalBlock> Blocks(ulong from, ulong last, (BlockHeader Header, MerkleMapVersion State)? known = null) => Replay.Blocks(from, last, known);
    }
}
