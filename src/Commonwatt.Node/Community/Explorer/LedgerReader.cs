using System.Globalization;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Wire;
using Commonwatt.Node.Commands;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Community.Explorer;

/// <summary>Blocks, transactions and addresses for people to look at.</summary>
/// <param name="blocks">The ledger's file: what transactions call stands there.</param>
internal sealed class LedgerReader(ILedgerBlocks blocks)
{
    private const int MostDigitsOfHeight = 18;

    /// <summary>Blocks, newest first.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="count">How many.</param>
    /// <param name="below">Those below this height.</param>
    public static IReadOnlyList<BlockJson> Blocks(TableSnapshot tables, int count, long below) =>
        [.. tables.Query<BlockRow>($"{BlockRow.Select} WHERE height < @below ORDER BY height DESC LIMIT @count", new { below, count }).Select(row => row.ToJson())];

    /// <summary>A block with some of its receipts, or null where there is none of that height.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="height">The block.</param>
    /// <param name="page">Which receipts.</param>
    /// <param name="after">Those after this place.</param>
    public BlockDetailJson? Block(TableSnapshot tables, long height, PageQuery page, long after)
    {
        if (tables.Find<BlockRow>($"{BlockRow.Select} WHERE height = @height", new { height }) is not { } row)
        {
            return null;
        }

        BlockHeader header = blocks.HeaderAt((ulong)height);
        IReadOnlyList<ReceiptRow> receipts = tables.Query<ReceiptRow>(
            $"{ReceiptRow.Select} WHERE height = @height AND place > @after ORDER BY place LIMIT @most", new { height, after, most = page.Count + 1 });
        return new BlockDetailJson(
            row.ToJson(),
            new HeaderJson(
                header.ParentHash.ToString(),
                header.TransactionsRoot.ToString(),
                header.ReceiptsRoot.ToString(),
                header.StateRoot.ToString(),
                header.ValidatorsHash.ToString(),
                header.ContentHash.ToString()),
            [.. receipts.Take(page.Count).Select(receipt => receipt.ToJson())],
            receipts.Count > page.Count ? PageCursor.Write($"block {height}", receipts[page.Count - 1].Place) : null);
    }

    /// <summary>Where a transaction stands, or null. It may stand in several blocks, for its sender repeats it: the one that admitted it counts.</summary>
    public static ReceiptRow? Find(TableSnapshot tables, Hash id) =>
        tables.Find<ReceiptRow>($"{ReceiptRow.Select} WHERE id = @id ORDER BY is_admitted DESC, height, place LIMIT 1", new { id });

    /// <summary>A transaction with what it calls and what happened, or null.</summary>
    public TransactionJson? Transaction(TableSnapshot tables, Hash id)
    {
        if (Find(tables, id) is not { } row)
        {
            return null;
        }

        BlockRow block = tables.Find<BlockRow>($"{BlockRow.Select} WHERE height = @height", new { height = row.Height })!;
        IReadOnlyList<EventRow> events = tables.Query<EventRow>(
            "SELECT place, receipt, name, content FROM events WHERE height = @height AND receipt = @place ORDER BY place", new { height = row.Height, place = row.Place });
        return new TransactionJson(
            row.ToJson(),
            block.Time,
            row.Nonce is { } nonce ? unchecked((ulong)nonce).ToString(CultureInfo.InvariantCulture) : null,
            row.Expires is { } expires ? new Instant(expires) : null,
            [.. CallsOf(row, block).Select(call => new CallJson(call.Contract, call.Method, CallFields.Of(call), Convert.ToHexStringLower(call.Arguments.Span)))],
            [.. events.Select(one => new EventJson(one.Place, one.Name, EventFields.Of(new LedgerEvent(one.Name, one.Content)), Convert.ToHexStringLower(one.Content)))]);
    }

    /// <summary>An event with where it happened, or null where there is none.</summary>
    public static EventDetailJson? Event(TableSnapshot tables, long height, long index)
    {
        if (tables.Find<EventRow>("SELECT place, receipt, name, content FROM events WHERE height = @height AND place = @index", new { height, index }) is not { } row)
        {
            return null;
        }

        ReceiptRow receipt = tables.Find<ReceiptRow>($"{ReceiptRow.Select} WHERE height = @height AND place = @place", new { height, place = row.Receipt })!;
        BlockRow block = tables.Find<BlockRow>($"{BlockRow.Select} WHERE height = @height", new { height })!;
        (long first, long count) = tables.Find<(long, long)>("SELECT MIN(place), COUNT(*) FROM events WHERE height = @height AND receipt = @place", new { height, place = row.Receipt });
        return new EventDetailJson(
            block.ToJson().Height,
            block.Time,
            row.Place,
            row.Name,
            EventTitles.Of(row.Name),
            EventFields.Of(new LedgerEvent(row.Name, row.Content)),
            Convert.ToHexStringLower(row.Content),
            receipt.IsScheduled == 1 ? null : receipt.Id.ToString(),
            receipt.ToJson(),
            row.Place - first + 1,
            count);
    }

    /// <summary>What somebody could mean who types something in.</summary>
    public static SearchJson Search(TableSnapshot tables, string text)
    {
        string sought = text.Trim();
        if (sought.Length is > 0 and <= MostDigitsOfHeight && sought.All(char.IsAsciiDigit))
        {
            long height = long.Parse(sought, CultureInfo.InvariantCulture);
            return height <= tables.Height ? new SearchJson("block", height.ToString(CultureInfo.InvariantCulture)) : new SearchJson("none", Key: null);
        }

        if (Address.TryParse(sought, out Address address))
        {
            return new SearchJson("address", address.ToString());
        }

        if (!Hash.TryParse(sought, out Hash hash))
        {
            return new SearchJson("none", Key: null);
        }

        return Find(tables, hash) is not null ? new SearchJson("transaction", hash.ToString())
            : tables.Find<long?>("SELECT height FROM blocks WHERE hash = @hash", new { hash }) is { } found ? new SearchJson("block", found.ToString(CultureInfo.InvariantCulture))
            : new SearchJson("none", Key: null);
    }

    private IReadOnlyList<Call> CallsOf(ReceiptRow row, BlockRow block) => row.IsScheduled == 1
        ? []
        : SignedBatch.Decode(blocks.BlockAt((ulong)row.Height).Content.Span).Transactions[(int)(row.Place - block.Scheduled)].Calls;
}
