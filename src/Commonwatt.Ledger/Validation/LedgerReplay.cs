using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Merkle;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Gives out the final blocks of a ledger file again, with what executing them gives: receipts are stored nowhere.</summary>
/// <remarks>
/// It starts from the newest snapshot that is low enough, else from the genesis, and checks what it executes as a node does at its start. The file
/// may be written to meanwhile; only blocks that are synced may be asked for.
/// </remarks>
/// <param name="genesis">What the ledger starts with.</param>
/// <param name="catalog">The rules that this build knows.</param>
/// <param name="disk">Where the snapshots are; one that only reads leaves whoever writes there alone.</param>
/// <param name="read">The encoded block of a height.</param>
/// <param name="signatureThreads">On how many threads signatures are checked.</param>
public sealed class LedgerReplay(LedgerGenesis genesis, ContractCatalog catalog, IDisk disk, Func<ulong, ReadOnlyMemory<byte>> read, int signatureThreads)
{
    /// <summary>The header of a height.</summary>
    /// <param name="height">At most that of the newest synced block.</param>
    /// <exception cref="DamagedFileException">There is no such block in the file.</exception>
    public BlockHeader HeaderAt(ulong height) => BlockAt(height).Header;

    /// <summary>The blocks from one height up to another.</summary>
    /// <param name="from">The first.</param>
    /// <param name="last">The last: at most that of the newest synced block.</param>
    /// <param name="known">The block below <paramref name="from"/> and the state after it, where they are at hand; it spares executing what is below.</param>
    /// <exception cref="DamagedFileException">At its turn, a block is not what validators made final.</exception>
    /// <exception cref="MalformedBytesException">At its turn, something is no block.</exception>
    public IEnumerable<FinalBlock> Blocks(ulong from, ulong last, (BlockHeader Header, MerkleMapVersion State)? known = null)
    {
        (BlockHeader Header, LedgerState State)? start = from == 0 ? null : StateBelow(from, known);
        var replay = new BlockReplay(genesis, catalog, start?.State ?? new LedgerState());
        BlockHeader tip;
        if (start is { } below)
        {
            tip = below.Header;
            BlockHeader header = tip;
            Right(() =>
            {
                BlockReplay.RequireCertificate(BlockAt(header.Height), SystemTables.ValidatorsAt(new StateView(below.State.Freeze()), header.Height));
                return header;
            });
        }
        else
        {
            CertifiedBlock first = BlockAt(0);
            ExecutedBlock executed = Right(() => replay.ExecuteGenesis(first));
            tip = first.Header;
            if (from == 0)
            {
                yield return new FinalBlock(tip, executed, [], first.Certificate);
            }
        }

        foreach (PreparedBlock next in PreparedBlock.InOrder(Encoded(tip.Height + 1, last), genesis.HasSignatures, signatureThreads))
        {
            BlockHeader parent = tip;
            ExecutedBlock executed = Right(() => replay.Execute(next, parent));
            tip = next.Header;
            if (tip.Height >= from)
            {
                yield return new FinalBlock(tip, executed, next.Batch.Transactions, next.Block.Certificate);
            }
        }
    }

    private (BlockHeader Header, LedgerState State)? StateBelow(ulong from, (BlockHeader Header, MerkleMapVersion State)? known) =>
        known is var (header, state) && header.Height + 1 == from && HeaderAt(header.Height) == header
            ? (header, LedgerState.Of(state.Entries()))
            : Snapshot.LoadNewest(disk, (found, _) => found.Height < from && HeaderAt(found.Height) == found);

    private IEnumerable<ReadOnlyMemory<byte>> Encoded(ulong from, ulong last)
    {
        for (ulong height = from; height <= last; height++)
        {
            yield return read(height);
        }
    }

    private CertifiedBlock BlockAt(ulong height)
    {
        try
        {
            return CertifiedBlock.Decode(read(height).Span);
        }
        catch (MalformedBytesException exception)
        {
            throw new DamagedFileException($"The ledger file's record {height} is no block. {exception.Message}");
        }
    }

    private static T Right<T>(Func<T> execute)
    {
        try
        {
            return execute();
        }
        catch (WrongBlockException exception)
        {
            throw new DamagedFileException($"The ledger file does not hold what validators made final: {exception.Message}");
        }
    }
}
