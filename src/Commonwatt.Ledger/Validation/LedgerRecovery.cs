using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Brings the state to where the ledger file ends: from the newest snapshot, and by executing the blocks after it.</summary>
internal sealed class LedgerRecovery(NodeSettings settings, RecordLog log)
{
    public (LedgerState State, BlockHeader Tip, Recovery Recovery) Run()
    {
        CheckGenesis();
        (BlockHeader Header, LedgerState State)? snapshot = Snapshot.LoadNewest(settings.Disk, IsOurs);
        LedgerState state = snapshot?.State ?? new LedgerState();
        var executor = new BlockExecutor(settings.Genesis, settings.Catalog, state);
        BlockHeader tip = snapshot?.Header ?? Header(0);
        if (snapshot is null)
        {
            Compare(tip, HeaderRule.HeaderOf(settings.Genesis, parent: null, executor.ExecuteGenesis(), [], OrderPlace.Start));
        }

        RequireCertificate(Block(tip.Height), tip, SystemTables.ValidatorsAt(new StateView(state.Freeze()), tip.Height));

        ulong last = (ulong)log.Count - 1;
        ulong first = tip.Height + 1;
        for (ulong height = first; height <= last; height++)
        {
            tip = Replay(executor, tip, height);
        }

        return (state, tip, new Recovery(last, snapshot?.Header.Height, last + 1 - first, log.TornBytes));
    }

    private BlockHeader Replay(BlockExecutor executor, BlockHeader parent, ulong height)
    {
        CertifiedBlock block = Block(height);
        SignedBatch batch = Batch(block);
        executor.RequireRules(height);
        if (!executor.IsValid(batch, height))
        {
            throw new DamagedFileException($"{settings.FileName}: the batch of block {height} is not signed by a validator of that height, or stands in the file twice.");
        }

        bool[] signed = settings.Genesis.HasSignatures
            ? SignatureChecks.Run(batch.Transactions, settings.SignatureThreads)
            : new bool[batch.Transactions.Count];
        ExecutedBlock executed = executor.Execute(batch, height, parent.Time, signed);
        BlockHeader header = HeaderRule.HeaderOf(settings.Genesis, parent, executed, batch.Transactions, block.Header.Place);
        Compare(block.Header, header);
        RequireLaterPlace(parent, header);
        RequireCertificate(block, header, executed.Validators);
        return header;
    }

    // Without this anybody who can write the file could put a block in that the validator never signed, and have it built on.
    private void RequireCertificate(CertifiedBlock block, BlockHeader header, ValidatorSet validators)
    {
        if (block.Certificate.FindFault(header, validators) is { } fault)
        {
            throw new DamagedFileException($"{settings.FileName}: block {header.Height} is not certified. {fault}");
        }
    }

    private void RequireLaterPlace(BlockHeader parent, BlockHeader header)
    {
        if (!header.Place.IsAfter(parent.Place))
        {
            throw new DamagedFileException($"{settings.FileName}: the batch of block {header.Height} does not stand after that of the block below in the order of batches.");
        }
    }

    private void CheckGenesis()
    {
        CertifiedBlock first = Block(0);
        if (!first.Content.Span.SequenceEqual(settings.Genesis.Bytes.Span))
        {
            var found = LedgerGenesis.Decode(first.Content.Span);
            throw new DamagedFileException($"{settings.FileName} holds the ledger '{found.Name}' ({found.Id}), not '{settings.Genesis.Name}' ({settings.Genesis.Id}).");
        }
    }

    private bool IsOurs(BlockHeader header) => header.Height < (ulong)log.Count && Header(header.Height) == header;

    private BlockHeader Header(ulong height) => Block(height).Header;

    private CertifiedBlock Block(ulong height)
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

    private SignedBatch Batch(CertifiedBlock block)
    {
        try
        {
            return SignedBatch.Decode(block.Content.Span);
        }
        catch (MalformedBytesException exception)
        {
            throw new DamagedFileException($"{settings.FileName}: block {block.Header.Height} holds no batch. {exception.Message}");
        }
    }

    private void Compare(BlockHeader stored, BlockHeader computed)
    {
        if (stored != computed)
        {
            throw new DamagedFileException($"{settings.FileName}: executing block {computed.Height} again gives another header than the one stored.");
        }
    }
}
