using System.Collections.Concurrent;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Community;
using Commonwatt.Node.Databases;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Demo;

/// <summary>Makes the tables of a ledger while its history is made, from the blocks as they come: the node that goes on with it need not execute them all again.</summary>
/// <remarks>Nothing depends on it. Where it fails or is cut short, the node finds tables that lack something, or are of another history, and makes them itself.</remarks>
internal sealed class HistoryTables : IDisposable
{
    private const int MostWaiting = 256;

    private readonly Database database;
    private readonly BlockingCollection<FinalBlock> waiting = new(MostWaiting);
    private readonly CancellationTokenSource failed = new();
    private readonly Thread thread;

    /// <summary>Begins to make them.</summary>
    /// <param name="folder">The demo's folder.</param>
    /// <param name="genesis">What the ledger begins with.</param>
    public HistoryTables(string folder, LedgerGenesis genesis)
    {
        database = CommunityTablesPart.ProjectionsIn(folder);
        thread = new Thread(() => Make(new Projection(new ProjectionStore(database, genesis.Id), genesis))) { IsBackground = true, Name = "tables of the history" };
        thread.Start();
    }

    /// <summary>The next block of the history. Waits where the tables are far behind.</summary>
    public void Take(FinalBlock block)
    {
        try
        {
            waiting.Add(block, failed.Token);
        }
        catch (OperationCanceledException)
        {
            // The node makes the tables.
        }
    }

    /// <summary>Waits until all that was taken stands in the tables.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
        failed.Dispose();
        database.Dispose();
    }

    private void Make(Projection projection)
    {
        try
        {
            // Tables of a history that was not finished are of no use: of a ledger without blocks, none are.
            projection.Open(new NoBlocks());
            projection.Take(waiting.GetConsumingEnumerable(), _ => { }, CancellationToken.None);
        }
        catch (Exception)
        {
            failed.Cancel();
        }
    }

    private sealed class NoBlocks : ILedgerBlocks
    {
        public ulong? FinalHeight => null;

        public BlockHeader HeaderAt(ulong height) => throw new NotSupportedException("There are no blocks yet.");

        public CertifiedBlock BlockAt(ulong height) => throw new NotSupportedException("There are no blocks yet.");

        public IEnumerable<FinalBlock> Blocks(ulong from, ulong last, (BlockHeader Header, MerkleMapVersion State)? known = null) => [];
    }
}
