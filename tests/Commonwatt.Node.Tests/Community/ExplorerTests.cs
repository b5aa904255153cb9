using System.Net;
using System.Text.Json;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Node.Commands;
using Commonwatt.Node.Community.Explorer;
using Commonwatt.Node.Tests.Databases;
using Commonwatt.Node.Tests.Projections;
using Dapper;

namespace Commonwatt.Node.Tests.Community;

public sealed class ExplorerTests : IAsyncLifetime
{
    private readonly TestCommunity community = ProjectionTests.TradedPeriod();
    private readonly TestDatabase database = new("sqlite");
    private PartServer server = null!;

    public async ValueTask InitializeAsync()
    {
        RunningProjection running = new(community, database.Open());
        server = await PartServer.StartAsync(running.Part, new ExplorerPart(community.Genesis, running.Store, running.Projector, running.Blocks));
        await running.ReachAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        database.Dispose();
        community.Dispose();
    }

    [Fact]
    public async Task Blocks_are_listed_from_the_newest_to_the_genesis_part_by_part()
    {
        var heights = new List<ulong>();
        for (string? path = "/api/v1/ledger/blocks?limit=7"; path is not null;)
        {
            JsonElement page = await server.GetAsync(path);
            heights.AddRange(page.GetProperty("items").EnumerateArray().Select(block => block.GetProperty("height").GetUInt64()));
            path = page.GetProperty("next").GetString() is { } next ? $"/api/v1/ledger/blocks?limit=7&cursor={next}" : null;
        }

        Assert.Equal(community.Blocks.Select(block => block.Header.Height).Reverse(), heights);
    }

    [Fact]
    public async Task A_transaction_shows_what_it_calls_and_what_happened()
    {
        string id = community.Blocks.SelectMany(block => block.Transactions).Last(one => one.Calls[0].Method == "replace").Id.ToString();

        JsonElement transaction = await server.GetAsync($"/api/v1/ledger/transactions/{id}");

        JsonElement call = Assert.Single(transaction.GetProperty("arguments").EnumerateArray());
        Assert.Equal("market.replace", transaction.GetProperty("receipt").GetProperty("call").GetString());
        Assert.Equal("2024-06-01T13:00:00Z", call.GetProperty("arguments").GetProperty("delivery").GetString());
        Assert.Equal("buy", call.GetProperty("arguments").GetProperty("side").GetString());
        JsonElement happened = Assert.Single(transaction.GetProperty("events").EnumerateArray());
        Assert.Equal("market.order-placed", happened.GetProperty("name").GetString());
        Assert.Equal(3000, happened.GetProperty("fields").GetProperty("quantityWh").GetInt64());
    }

    [Fact]
    public async Task Every_event_and_every_call_of_the_community_can_be_read()
    {
        foreach (string id in community.Blocks.SelectMany(block => block.Transactions).Select(one => one.Id.ToString()))
        {
            JsonElement transaction = await server.GetAsync($"/api/v1/ledger/transactions/{id}");
            Assert.All(transaction.GetProperty("arguments").EnumerateArray(), call => Assert.Equal(JsonValueKind.Object, call.GetProperty("arguments").ValueKind));
            Assert.All(transaction.GetProperty("events").EnumerateArray(), one => Assert.Equal(JsonValueKind.Object, one.GetProperty("fields").ValueKind));
        }
    }

    [Fact]
    public async Task A_block_and_a_place_lead_to_the_event_and_to_what_made_it()
    {
        ulong height = HeightOf("market.settled");
        JsonElement settled = await server.GetAsync($"/api/v1/ledger/events/{height}/0");
        Assert.Equal(("market.settled", "a delivery was settled", 1), (settled.GetProperty("name").GetString(), settled.GetProperty("title").GetString(), settled.GetProperty("number").GetInt64()));
        Assert.Equal("2024-06-01T13:00:00Z", settled.GetProperty("fields").GetProperty("delivery").GetString());
        Assert.Equal(JsonValueKind.Null, settled.GetProperty("transaction").ValueKind);
        string call = settled.GetProperty("receipt").GetProperty("id").GetString()!;
        Assert.Equal(height, (await server.GetAsync($"/api/v1/ledger/transactions/{call}")).GetProperty("receipt").GetProperty("height").GetUInt64());

        foreach ((long at, long place, byte[]? id) in Rows<(long, long, byte[]?)>("SELECT o.height, o.event, t.id FROM orders o JOIN transactions t ON t.height = o.height AND t.place = o.receipt"))
        {
            JsonElement order = await server.GetAsync($"/api/v1/ledger/events/{at}/{place}");
            Assert.Equal(("market.order-placed", new Hash(id).ToString()), (order.GetProperty("name").GetString(), order.GetProperty("transaction").GetString()));
        }

        foreach ((string table, string[] names) in ((string, string[])[])[("trades", ["market.cleared"]), ("lines", ["market.settled", "market.corrected"])])
        {
            foreach ((long at, long place) in Rows<(long, long)>($"SELECT DISTINCT height, event FROM {table}"))
            {
                Assert.Contains((await server.GetAsync($"/api/v1/ledger/events/{at}/{place}")).GetProperty("name").GetString(), names);
            }
        }
    }

    [Fact]
    public async Task What_a_caller_has_already_is_not_sent_again()
    {
        using HttpResponseMessage first = await server.SendAsync("/api/v1/ledger/blocks/3");
        using HttpResponseMessage second = await server.SendAsync("/api/v1/ledger/blocks/3", ifNoneMatch: first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_search_finds_blocks_transactions_and_addresses()
    {
        string block = community.Blocks[5].Header.HeaderHash().ToString();
        string transaction = community.Blocks.SelectMany(one => one.Transactions).First().Id.ToString();
        string address = community.Member("anna").Address.ToString();

        Assert.Equal(("block", "5"), await SearchAsync("5"));
        Assert.Equal(("block", "5"), await SearchAsync(block));
        Assert.Equal(("transaction", transaction), await SearchAsync(transaction));
        Assert.Equal(("address", address), await SearchAsync($" {address} "));
        Assert.Equal(("none", null), await SearchAsync("99999"));
        Assert.Equal(("none", null), await SearchAsync("anna"));
    }

    [Fact]
    public async Task An_address_tells_whose_it_is_and_what_it_sent()
    {
        JsonElement anna = await server.GetAsync($"/api/v1/ledger/addresses/{community.Member("anna").Address}");
        Assert.Equal("member", Assert.Single(anna.GetProperty("kinds").EnumerateArray()).GetString());
        Assert.Equal(1, anna.GetProperty("memberNumber").GetInt64());
        Assert.Equal("market.place", Assert.Single(anna.GetProperty("items").EnumerateArray()).GetProperty("call").GetString());
        JsonElement utility = await server.GetAsync($"/api/v1/ledger/addresses/{CommunityAccounts.Utility}");
        Assert.Equal("utility", Assert.Single(utility.GetProperty("kinds").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_balance_is_told_to_its_holder_the_manager_and_the_auditor_alone()
    {
        string address = community.Member("anna").Address.ToString();
        long balance = community.Member("anna").Account.Balance.Micros;
        JsonElement anybody = await server.GetAsync($"/api/v1/ledger/accounts/{address}");
        Assert.Equal(JsonValueKind.Null, anybody.GetProperty("balance").ValueKind);
        Assert.NotEqual("0", anybody.GetProperty("nonce").GetString());
        foreach (string claims in (string[])[$"address={address}", "role=manager", "role=auditor"])
        {
            Assert.Equal(balance, (await server.GetAsync($"/api/v1/ledger/accounts/{address}", claims: claims)).GetProperty("balance").GetInt64());
            await server.BytesAsync($"/api/v1/ledger/accounts/{address}/proof", claims);
        }

        await server.GetAsync($"/api/v1/ledger/accounts/{address}/proof", HttpStatusCode.Unauthorized);
        await server.GetAsync($"/api/v1/ledger/accounts/{address}/proof", HttpStatusCode.NotFound, $"role=member;address={community.Member("ben").Address}");
    }

    [Fact]
    public async Task Proofs_hold_without_the_node_that_made_them()
    {
        string trust = (await server.GetAsync("/api/v1/ledger/validators")).GetProperty("trust").GetString()!;
        var trusted = TrustedValidators.Parse(trust);
        foreach (string id in community.Blocks.SelectMany(block => block.Transactions).Select(one => one.Id.ToString()))
        {
            LedgerProof proof = ProofFile.Decode(await server.BytesAsync($"/api/v1/ledger/transactions/{id}/proof"));
            Assert.Null(proof.Check(trusted.Validators, trusted.LedgerId));
            Assert.Equal(id, Assert.IsType<TransactionProof>(proof).Transaction.Id.ToString());
        }

        var settled = Assert.IsType<ReceiptProof>(ProofFile.Decode(await server.BytesAsync($"/api/v1/ledger/events/{HeightOf("market.settled")}/0/proof")));
        Assert.Null(settled.Check(trusted.Validators, trusted.LedgerId));
        Assert.Contains(settled.Receipt.Events, one => one.Name == "market.settled");

        string anna = community.Member("anna").Address.ToString();
        var account = Assert.IsType<StateProof>(ProofFile.Decode(await server.BytesAsync($"/api/v1/ledger/accounts/{anna}/proof", $"address={anna}")));
        Assert.Null(account.Check(trusted.Validators, trusted.LedgerId));
        Assert.Equal(community.Member("anna").Account, AccountEntry.Read(account));
    }

    [Fact]
    public async Task A_proof_of_what_was_not_admitted_gives_way_to_that_of_the_receipt_that_counts()
    {
        (long Height, long Place, byte[] Id)[] rows = [.. Rows<(long, long, byte[])>("SELECT height, place, id FROM transactions WHERE is_scheduled = 0 AND is_admitted = 1 ORDER BY height, place")];
        string path = $"/api/v1/ledger/transactions/{new Hash(rows[0].Id)}/proof";
        Change("UPDATE transactions SET is_admitted = 0 WHERE height = @Height AND place = @Place", rows[0]);
        using (HttpResponseMessage first = await server.SendAsync(path))
        {
            Assert.True(first.Headers.CacheControl!.NoCache);
        }

        Assert.Equal(rows[0].Height, await HeightProvedAsync(path));

        // The next block admits it.
        Change("UPDATE transactions SET id = @Id WHERE height = @Height AND place = @Place", (rows[^1].Height, rows[^1].Place, rows[0].Id));
        Assert.Equal(rows[^1].Height, await HeightProvedAsync(path));
        using HttpResponseMessage last = await server.SendAsync(path);
        Assert.True(last.Headers.CacheControl!.Public);
    }

    [Theory]
    [InlineData("/api/v1/ledger/blocks/99999", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/blocks/-1", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/transactions/abc", HttpStatusCode.BadRequest, "wrong-id")]
    [InlineData("/api/v1/ledger/transactions/0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/transactions/0000000000000000000000000000000000000000000000000000000000000000/proof", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/events/1/99", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/events/99999/0", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/events/1/99/proof", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/api/v1/ledger/addresses/cw12", HttpStatusCode.BadRequest, "wrong-address")]
    [InlineData("/api/v1/ledger/blocks?limit=0", HttpStatusCode.BadRequest, "wrong-limit")]
    [InlineData("/api/v1/ledger/blocks?cursor=abc", HttpStatusCode.BadRequest, "wrong-cursor")]
    [InlineData("/api/v1/ledger/search", HttpStatusCode.BadRequest, "wrong-search")]
    public async Task What_is_not_there_or_wrong_is_answered_with_a_sentence(string path, HttpStatusCode status, string code)
    {
        JsonElement problem = await server.GetAsync(path, status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_genesis_is_that_of_the_ledger_s_id() =>
        Assert.Equal(community.Genesis.Id, Hash.Of("commonwatt/genesis/1", await server.BytesAsync("/api/v1/ledger/genesis")));

    private async Task<long> HeightProvedAsync(string path) =>
        (long)Assert.IsType<TransactionProof>(ProofFile.Decode(await server.BytesAsync(path))).Block.Header.Height;

    private IEnumerable<T> Rows<T>(string statement)
    {
        using System.Data.Common.DbConnection connection = database.Open().Open();
        return connection.Query<T>(statement);
    }

    private void Change(string statement, (long Height, long Place, byte[] Id) row)
    {
        using System.Data.Common.DbConnection connection = database.Open().Open();
        connection.Execute(statement, new { row.Height, row.Place, row.Id });
    }

    private ulong HeightOf(string name) =>
        community.Blocks.First(block => block.Executed.Receipts.SelectMany(receipt => receipt.Events).FirstOrDefault() is { } first && first.Name == name).Header.Height;

    private async Task<(string? Kind, string? Key)> SearchAsync(string text)
    {
        JsonElement found = await server.GetAsync($"/api/v1/ledger/search?q={Uri.EscapeDataString(text)}");
        return (found.GetProperty("kind").GetString(), found.GetProperty("key").GetString());
    }
}
