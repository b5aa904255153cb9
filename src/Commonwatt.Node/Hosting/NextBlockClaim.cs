using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Node.Hosting;

/// <summary>What others claim who say that the block after this node's newest final one is final: a node closes for that only where they show it.</summary>
/// <param name="genesis">What the ledger begins with.</param>
/// <param name="state">The newest executed state.</param>
/// <param name="height">The height of the block.</param>
internal sealed class NextBlockClaim(LedgerGenesis genesis, StateReader state, ulong height)
{
    // A state forgets the validators of before a change that is in force. Where that was executed and is not final, nobody's claim can be checked.
    private readonly ValidatorSet? validators = height == 0
        ? genesis.Validators
        : SystemTables.Validators.All(state).LastOrDefault(change => change.Key.Value <= height).Value;

    /// <summary>Asks another node for the block.</summary>
    /// <returns>Null where it gives it with the signatures that make it final, or where that cannot be known; else a sentence that says why not.</returns>
    public string? FindFault(IBlockSource source)
    {
        if (validators is null)
        {
            return null;
        }

        try
        {
            foreach (ReadOnlyMemory<byte> encoded in source.Blocks(height))
            {
                return FindFault(CertifiedBlock.Decode(encoded.Span), validators);
            }

            return "it gives no such block.";
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or MalformedBytesException)
        {
            return exception.Message;
        }
    }

    private string? FindFault(CertifiedBlock block, ValidatorSet trusted) => block.Header.Height == height
        ? new CertifiedHeader(block.Header, block.Certificate).Check(trusted, genesis.Id)
        : $"it gives block {block.Header.Height}.";
}
