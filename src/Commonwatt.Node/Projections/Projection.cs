using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Projections;

/// <summary>The tables and what is known of the community beside them. Blocks go in one after the other, each once: rows and position are committed together.</summary>
/// <param name="store">The tables.</param>
/// <param name="genesis">What the ledger begins with.</param>
internal sealed class Projection(ProjectionStore store, LedgerGenesis genesis)
{
    // One transaction holds as much as makes its commit cheap, and not so much that readers see nothing for long.
    private const long EnoughRows = 20_000;
    private const int MostBlocks = 1_000;

    private CommunityBook? book;

    /// <summary>Up to which block the tables are made, or null where they are empty.</summary>
    public BookPosition? Position => book?.Position;

    /// <summary>The newest block that went in and the state after it, if one did since the tables were opened.</summary>
    public (BlockHeader Header, MerkleMapVersion State)? Newest { get; private set; }

    /// <summary>The height of the next block to go in.</summary>
    public ulong Next => Position is { } position ? position.Height + 1 : 0;

    /// <summary>Opens the tables; those of another ledger, or of another history of it, are emptied.</summary>
    /// <param name="blocks">The ledger.</param>
    /// <returns>Why they were emptied, as the rest of a sentence, or null.</returns>
    public string? Open(ILedgerBlocks blocks)
    {
        book = null;
        Newest = null;
        string? why = store.Prepare();
        book = BookLoading.Load(store.Database);
        if (book.Position is { } position && !IsIn(blocks, position))
        {
            store.Empty();
            book = BookLoading.Load(store.Database);
            why = "the ledger's file holds another history than they were made from";
        }

        return why;
    }

    /// <summary>How things are now: the periods that are not settled yet.</summary>
    public ProjectionChanges Present()
    {
        var present = new ProjectionChanges();
        foreach (BookPeriod period in book!.Periods.Values)
        {
            present.Periods.Add(period.Delivery.UnixMilliseconds, period.Change);
        }

        return present;
    }

    /// <summary>Takes blocks in, each the next one. After an exception it has to be opened again: what was committed stays.</summary>
    /// <param name="blocks">The blocks; one after the other is asked for.</param>
    /// <param name="onCommitted">Told what changed, after each commit.</param>
    /// <param name="cancel">Ends it after a block; what went in is committed.</param>
    /// <exception cref="ForkedBlocksException">A block does not follow the one before, or another process went on with the tables.</exception>
    public void Take(IEnumerable<FinalBlock> blocks, Action<ProjectionChanges> onCommitted, CancellationToken cancel)
    {
        using IEnumerator<FinalBlock> next = blocks.GetEnumerator();
        bool isMore = true;
        while (isMore && !cancel.IsCancellationRequested)
        {
            using var session = new ProjectionSession(store.Database);
            store.Claim(session, Position);
            var rows = new BlockRows(genesis, book!, session);
            while (rows.Changes.Blocks.Count < MostBlocks && session.Rows < EnoughRows && !cancel.IsCancellationRequested && (isMore = next.MoveNext()))
            {
                RequireNext(next.Current);
                rows.Take(next.Current);
                Newest = (next.Current.Header, next.Current.Executed.State);
            }

            if (rows.Changes.Blocks.Count > 0)
            {
                store.PutPosition(session, Position!);
                session.Commit();
                onCommitted(rows.Changes);
            }
        }
    }

    // A ledger that is behind was cut, or brought back from an older copy: what it will hold at these heights is not known.
    private static bool IsIn(ILedgerBlocks blocks, BookPosition position) =>
        position.Height <= blocks.FinalHeight && blocks.HeaderAt(position.Height).HeaderHash() == position.Hash;

    private void RequireNext(FinalBlock block)
    {
        if (block.Header.Height != Next || (Position is { } position && block.Header.ParentHash != position.Hash))
        {
            throw new ForkedBlocksException($"Block {block.Header.Height} does not follow the one at height {Position?.Height} that the tables are made up to.");
        }
    }
}

/// <summary>A block does not follow the one that the tables are made up to, or they are made up to another one than was known.</summary>
internal sealed class ForkedBlocksException(string message) : Exception(message);
