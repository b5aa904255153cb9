using System.Security.Claims;
using System.Text.Json;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Endpoints;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Hosting;
using Commonwatt.Node.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>The ledger for people to look at: blocks, transactions, addresses, and proofs to check without trusting this node.</summary>
internal sealed class ExplorerPart : INodePart
{
    private const string Tag = "Ledger";
    private const string Binary = "application/octet-stream";

    // What stands in a final block stands for ever.
    private const long Always = 0;

    private readonly LedgerGenesis genesis;
    private readonly CommunityTables tables;
    private readonly LedgerReader reader;
    private readonly ProofMaker proofs;
    private readonly AnswerCache answers;

    /// <summary>The explorer of a node's ledger.</summary>
    /// <param name="genesis">What the ledger begins with.</param>
    /// <param name="store">The tables.</param>
    /// <param name="projector">What keeps them.</param>
    /// <param name="blocks">The ledger's file.</param>
    public ExplorerPart(LedgerGenesis genesis, ProjectionStore store, Projector projector, ILedgerBlocks blocks)
    {
        this.genesis = genesis;
        tables = new CommunityTables(store.Database);
        reader = new LedgerReader(blocks);
        proofs = new ProofMaker(tables, blocks, projector);
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        json.Converters.Add(new InstantJson());
        answers = new AnswerCache(json);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.Api();
        api.MapGet("/ledger/blocks", Blocks).ForAnybody<Page<BlockJson>>(Tag, "Final blocks, newest first").WithTag304();
        api.MapGet("/ledger/blocks/{height:long}", Block).ForAnybody<BlockDetailJson>(Tag, "A block with its header and receipts").WithTag304();
        api.MapGet("/ledger/transactions/{id}", Transaction).ForAnybody<TransactionJson>(Tag, "A transaction, what it calls, what became of it").WithTag304();
        api.MapGet("/ledger/events/{height:long}/{index:long}", Event).ForAnybody<EventDetailJson>(Tag, "An event, and the transaction or scheduled call that made it").WithTag304();
        api.MapGet("/ledger/addresses/{address}", Addresses).ForAnybody<AddressJson>(Tag, "Whose an address is, and what it sent").WithTag304();
        api.MapGet("/ledger/accounts/{address}", Accounts).ForAnybody<AccountJson>(Tag, "The newest nonce of an address; its balance for its holder, the manager and the auditor");
        api.MapGet("/ledger/search", Search).ForAnybody<SearchJson>(Tag, "What a height, an id or an address is");
        api.MapGet("/ledger/genesis", Genesis).ForAnybody<byte[]>(Tag, "What the ledger begins with, as it is encoded").WithTag304();
        api.MapGet("/ledger/validators", Validators).ForAnybody<ValidatorsJson>(Tag, "The validators of a height, whom a checker of proofs trusts").WithTag304();
        api.MapGet("/ledger/transactions/{id}/proof", TransactionProofAsync).ForAnybody<byte[]>(Tag, "A proof of a transaction and its receipt").WithTag304();
        api.MapGet("/ledger/events/{height:long}/{index:long}/proof", EventProofAsync).ForAnybody<byte[]>(Tag, "A proof of the receipt that holds an event").WithTag304();
        api.MapGet("/ledger/accounts/{address}/proof", AccountProofAsync).ForAnybody<byte[]>(Tag, "A proof of an account after the newest block, for its holder, the manager and the auditor");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        answers.Dispose();
        proofs.Dispose();
        return ValueTask.CompletedTask;
    }

    private IResult Blocks([AsParameters] PageQuery page) => page.After("blocks", 1, out long[]? after) ?? tables.Read(now =>
        answers.Answer($"blocks {page}", now.Height, () => Page<BlockJson>.Of(
            LedgerReader.Blocks(now, page.Count + 1, after?[0] ?? long.MaxValue), page.Count, last => PageCursor.Write("blocks", (long)last.Height))));

    private IResult Block(long height, [AsParameters] PageQuery page) => page.After($"block {height}", 1, out long[]? after) ?? tables.Read(now =>
        height >= 0 && height <= now.Height
            ? answers.Answer($"block {height} {page}", Always, () => reader.Block(now, height, page, after?[0] ?? -1))
            : ApiProblem.NotFound($"There is no block {height} yet: the newest is {now.Height}."));

    private IResult Transaction(string id) => Hash.TryParse(id, out Hash hash)
        ? tables.Read(now => LedgerReader.Find(now, hash) is null
            ? ApiProblem.NotFound("No final block holds a transaction with this id.")
            : answers.Answer($"transaction {hash}", now.Height, () => reader.Transaction(now, hash)))
        : WrongId();

    private IResult Event(long height, long index) => tables.Read(now => LedgerReader.Event(now, height, index) is { } found
        ? answers.Answer($"event {height} {index}", Always, () => found)
        : ApiProblem.NotFound(height > now.Height ? $"There is no block {height} yet: the newest is {now.Height}." : $"Block {height} has no event {index}: they count from 0."));

    private IResult Addresses(string address, [AsParameters] PageQuery page)
    {
        if (!Address.TryParse(address, out Address parsed))
        {
            return WrongAddress();
        }

        return page.After($"address {parsed}", 2, out long[]? after) ?? tables.Read(now => answers.Answer(
            $"address {parsed} {page}", now.Height, () => AddressReader.Read(now, parsed, page, after is [var height, var place] ? (height, place) : (long.MaxValue, 0))));
    }

    private IResult Accounts(string address, ClaimsPrincipal user) => Address.TryParse(address, out Address parsed)
        ? Results.Json(tables.Read(now => AddressReader.Account(now, parsed, user)))
        : WrongAddress();

    private IResult Search(string? q) => q is { Length: > 0 and <= 200 }
        ? Results.Json(tables.Read(now => LedgerReader.Search(now, q)))
        : ApiProblem.WrongParameter("q", "wrong-search", "'q' is a height, an id of 64 digits, or an address.");

    private IResult Genesis(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Bytes(genesis.Bytes.ToArray(), Binary, "community.genesis", entityTag: TagOf(genesis.Id));
    }

    private IResult Validators(long? height) => tables.Read(now =>
    {
        long at = long.Min(height ?? now.Height, now.Height);
        byte[]? content = now.Find<byte[]>("SELECT content FROM validator_sets WHERE from_height <= @at ORDER BY from_height DESC LIMIT 1", new { at });
        return content is null
            ? ApiProblem.NotFound($"There is no block {height}: heights count from 0, and the newest is {now.Height}.")
            : answers.Answer($"validators {at}", Always, () => ValidatorsAt((ulong)at, CanonicalReader.Decode<ValidatorSet>(content)));
    });

    private ValidatorsJson ValidatorsAt(ulong height, ValidatorSet validators) => new(
        genesis.Id.ToString(),
        genesis.Name,
        height,
        [.. validators.Members.Select(member => new ValidatorJson(member.Address.ToString(), member.Key.ToString(), member.Power))],
        new TrustedValidators(genesis.Id, validators, height).ToText());

    private Task<IResult> TransactionProofAsync(string id, HttpContext context)
    {
        if (!Hash.TryParse(id, out Hash hash))
        {
            return Task.FromResult(WrongId());
        }

        // What a block did not admit may be admitted by a later one, whose receipt is then the one that counts.
        return tables.Read(now => LedgerReader.Find(now, hash)) is { IsScheduled: 0 } row
            ? SendAsync(context, $"{id[..16]}.proof", isForEver: row.IsAdmitted == 1, () => proofs.OfTransactionAsync(row, context.RequestAborted))
            : Task.FromResult<IResult>(ApiProblem.NotFound("No final block holds what is to be proved."));
    }

    private Task<IResult> EventProofAsync(long height, long index, HttpContext context) =>
        SendAsync(context, $"event-{height}-{index}.proof", isForEver: true, () => proofs.OfEventAsync(height, index, context.RequestAborted));

    private Task<IResult> AccountProofAsync(string address, HttpContext context)
    {
        if (!Address.TryParse(address, out Address parsed))
        {
            return Task.FromResult(WrongAddress());
        }

        // The proof shows the balance.
        return AddressReader.MaySee(context.User, parsed)
            ? SendAsync(context, $"{address[..18]}.proof", isForEver: false, () => proofs.OfAccountAsync(parsed, context.RequestAborted))
            : Task.FromResult<IResult>(context.User.Identity?.IsAuthenticated == true
                ? ApiProblem.NotFound("There is no such account that you may see.")
                : ApiProblem.Of(StatusCodes.Status401Unauthorized, "not-signed-in", "A proof of an account shows what is on it: sign in as its holder."));
    }

    private static async Task<IResult> SendAsync(HttpContext context, string fileName, bool isForEver, Func<Task<byte[]?>> make)
    {
        try
        {
            if (await make() is not { } proof)
            {
                return ApiProblem.NotFound("No final block holds what is to be proved.");
            }

            context.Response.Headers.CacheControl = isForEver ? "public, max-age=86400" : "private, no-cache";
            return Results.Bytes(proof, Binary, fileName, entityTag: TagOf(Hash.Of(proof)));
        }
        catch (TooManyProofsException many)
        {
            context.Response.Headers.RetryAfter = "3";
            return ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "busy", many.Message);
        }
        catch (MalformedBytesException tooLarge)
        {
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "too-large", tooLarge.Message);
        }
    }

    private static EntityTagHeaderValue TagOf(Hash hash) => new($"\"{hash.ToString()[..24]}\"");

    private static IResult WrongId() => ApiProblem.WrongParameter("id", "wrong-id", "A transaction's id has 64 hexadecimal digits.");

    private static IResult WrongAddress() =>
        ApiProblem.WrongParameter("address", "wrong-address", "An address is 'cw' and 48 hexadecimal digits in small letters, the last 8 of which are a checksum: see that it is whole.");
}
