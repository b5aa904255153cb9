using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;

namespace Commonwatt.Ledger.Validation;

/// <summary>Executes final blocks again and compares what that gives with what validators signed.</summary>
/// <param name="genesis">What the ledger starts with.</param>
/// <param name="catalog">The rules that this build knows.</param>
/// <param name="state">The state before the first block; it is changed by every one, also by one that turns out wrong.</param>
internal sealed class BlockReplay(LedgerGenesis genesis, ContractCatalog catalog, LedgerState state)
{
    private readonly BlockExecutor executor = new(genesis, catalog, state);

    /// <summary>Executes block 0.</summary>
    /// <exception cref="WrongBlockException">The block is not what the genesis gives, or not certified.</exception>
    public ExecutedBlock ExecuteGenesis(CertifiedBlock block)
    {
        ExecutedBlock executed = executor.ExecuteGenesis();
        Compare(block.Header, HeaderRule.HeaderOf(genesis, parent: null, executed, [], genesis.Id, OrderPlace.Start));
        RequireCertificate(block, executed.Validators);
        return executed;
    }

    /// <summary>Executes the block after another one. Nothing of it is executed that its validators did not sign.</summary>
    /// <exception cref="WrongBlockException">The block does not follow, is not certified, or executing it gives another header.</exception>
    /// <exception cref="BrokenInvariantException">This build has not the rules of the block's height, or they are wrong.</exception>
    public ExecutedBlock Execute(PreparedBlock next, BlockHeader parent)
    {
        ulong height = parent.Height + 1;
        executor.RequireRules(height);
        ValidatorSet validators = executor.ValidatorsAt(height);
        if (next.FindFault(parent, validators, genesis.Id) is { } fault)
        {
            throw new WrongBlockException(fault);
        }

        RequireCertificate(next.Block, validators);
        if (!executor.IsValid(next.Batch, height))
        {
            throw new WrongBlockException($"the batch of block {height} was in an earlier block already.");
        }

        ExecutedBlock executed = executor.Execute(next.Batch, height, parent.Time, next.IsSigned);
        Compare(next.Header, HeaderRule.HeaderOf(genesis, parent, executed, next.Batch.Transactions, next.Batch.Digest, next.Header.Place));
        return executed;
    }

    /// <summary>Checks that validators made a block final: else anybody who can write the file could put one in that they never signed, and have it built on.</summary>
    /// <exception cref="WrongBlockException">They did not.</exception>
    public static void RequireCertificate(CertifiedBlock block, ValidatorSet validators)
    {
        if (block.Certificate.FindFault(block.Header, validators) is { } fault)
        {
            throw new WrongBlockException($"block {block.Header.Height} is not certified. {fault}");
        }
    }

    private static void Compare(BlockHeader stored, BlockHeader computed)
    {
        if (stored != computed)
        {
            throw new WrongBlockException($"executing block {computed.Height} gives another header than the one that came with it.");
        }
    }
}

/// <summary>A block is not what its validators made final.</summary>
/// <param name="message">The rest of a sentence, after the name of where the block is from.</param>
internal sealed class WrongBlockException(string message) : Exception(message);
