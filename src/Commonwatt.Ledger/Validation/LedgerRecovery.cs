using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Brings the state to where the ledger file ends: from the newest snapshot, and by executing the blocks after it.</summary>
internal sealed class LedgerRecovery(NodeSettings settings, RecordLog log)
{
    /// <summary>The changes of validators that are written, and belong to this ledger file.</summary>
    public ValidatorChangeLog OpenChanges() => ValidatorChangeLog.Open(settings.Disk, settings.Genesis, IsOurs);

    /// <summary>Executes what the newest usable snapshot does not spare.</summary>
    /// <param name="changes">What is missing in it is put in.</param>
    /// <exception cref="DamagedFileException">The ledger file holds another ledger, or something that validators did not make final.</exception>
    public (LedgerState State, BlockHeader Tip, Recovery Recovery) Run(ValidatorChangeLog changes)
    {
        CheckGenesis();
        // Where changes are missing, only executing the blocks again can tell them.
        (BlockHeader Header, LedgerState State)? snapshot =
            Snapshot.LoadNewest(settings.Disk, (header, found) => IsOurs(header) && changes.Covers(header.Height, found));
        LedgerState state = snapshot?.State ?? new LedgerState();
        BlockHeader tip = snapshot?.Header ?? Header(0);
        ulong first = tip.Height + 1;
        try
        {
            var replay = new BlockReplay(settings.Genesis, settings.Catalog, state);
            if (snapshot is null)
            {
                replay.ExecuteGenesis(Block(0));
            }

            BlockReplay.RequireCertificate(Block(tip.Height), SystemTables.ValidatorsAt(new StateView(state.Freeze()), tip.Height));
            tip = Replay(replay, tip, changes);
        }
        catch (WrongBlockException exception)
        {
            throw new DamagedFileException($"{settings.FileName}: {exception.Message}");
        }

        changes.Sync();
        ulong last = (ulong)log.Count - 1;
        return (state, tip, new Recovery(last, snapshot?.Header.Height, last + 1 - first, log.TornBytes));
    }

    /// <summary>Checks that the file holds this ledger.</summary>
    /// <exception cref="DamagedFileException">It holds another one.</exception>
    public void CheckGenesis()
    {
        CertifiedBlock first = Block(0);
        if (!first.Content.Span.SequenceEqual(settings.Genesis.Bytes.Span))
        {
            var found = LedgerGenesis.Decode(first.Content.Span);
            throw new DamagedFileException($"{settings.FileName} holds the ledger '{found.Name}' ({found.Id}), not '{settings.Genesis.Name}' ({settings.Genesis.Id}).");
        }
    }

    /// <summary>Whether a header is that of a block of the file.</summary>
    public bool IsOurs(BlockHeader header) => header.Height < (ulong)log.Count && Header(header.Height) == header;

    /// <summary>The block of a height.</summary>
    /// <exception cref="DamagedFileException">The record is none.</exception>
    public CertifiedBlock Block(ulong height)
    {
        try
        {
            return CertifiedBlock.Decode(log.Read((long)height));
        }
        catch (MalformedBytesException exception)
        {
            throw new DamagedFileException($"{settings.FileName}: record {height} is no block. {exception.Message}");
        }
    }

    private BlockHeader Header(ulong height) => Block(height).Header;

    private BlockHeader Replay(BlockReplay replay, BlockHeader tip, ValidatorChangeLog changes)
    {
        try
        {
            foreach (PreparedBlock next in PreparedBlock.InOrder(BlocksAfter(tip.Height), settings.Genesis.HasSignatures, settings.SignatureThreads))
            {
                ExecutedBlock executed = replay.Execute(next, tip);
                tip = next.Header;
                if (ValidatorChangeLog.ChangeIn(next.Certified, executed.State) is { } change)
                {
                    changes.Add(change);
                }
            }

            return tip;
        }
        catch (MalformedBytesException exception)
        {
            throw new DamagedFileException($"{settings.FileName}: record {tip.Height + 1} is no block. {exception.Message}");
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> BlocksAfter(ulong height)
    {
        for (long number = (long)height + 1; number < log.Count; number++)
        {
            yield return log.Read(number);
        }
    }
}
