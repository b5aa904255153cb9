using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Validation;

namespace Commonwatt.Ledger.Verification;

/// <summary>Checks a ledger file from its first byte to its last, and trusts nothing in it.</summary>
/// <remarks>
/// Every block is decoded in its one encoding, hashed, and checked against the block below; every signature of a
/// transaction, a batch and a certificate is verified; every transaction is executed again with the rules of its height,
/// and every root compared. That money is conserved is part of executing: the rules say what must add up.
/// </remarks>
public sealed class LedgerVerifier
{
    private readonly ContractCatalog catalog;
    private readonly int threads;
    private readonly IProgress<double>? progress;
    private readonly Action<VerifiedBlock>? onBlock;
    private LedgerGenesis? genesis;
    private BlockExecutor? executor;
    private BlockHeader? tip;
    private ValidatorSet? validators;
    private long blocks;
    private long transactions;
    private long refused;

    private LedgerVerifier(ContractCatalog catalog, int threads, IProgress<double>? progress, Action<VerifiedBlock>? onBlock)
    {
        this.catalog = catalog;
        this.threads = threads;
        this.progress = progress;
        this.onBlock = onBlock;
    }

    /// <summary>Verifies a ledger file.</summary>
    /// <param name="disk">The folder it is in.</param>
    /// <param name="name">Its name.</param>
    /// <param name="catalog">The rules that this build knows.</param>
    /// <param name="threads">On how many threads to check signatures.</param>
    /// <param name="progress">Told the part that is done, from 0 to 1.</param>
    /// <param name="onBlock">Told every block once it is found right, in order.</param>
    public static VerificationReport Verify(
        IDisk disk, string name, ContractCatalog catalog, int threads = 1, IProgress<double>? progress = null, Action<VerifiedBlock>? onBlock = null)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var verifier = new LedgerVerifier(catalog, threads, progress, onBlock);
        try
        {
            using IDiskFile file = disk.Open(name);
            verifier.VerifyFile(file, name);
            return verifier.Report(fault: null);
        }
        catch (Exception exception) when (exception is DamagedFileException or not IOException)
        {
            // Whatever a forged file makes the code stumble over is a fault of the file; only a disk that cannot be read is not.
            return verifier.Report(exception.Message);
        }
    }

    private void VerifyFile(IDiskFile file, string name)
    {
        long length = long.Max(1, file.Length);
        long end = RecordScan.Run(file, name, (offset, record) =>
        {
            VerifyBlock(CertifiedBlock.Decode(record.Span));
            progress?.Report((double)(offset + record.Length) / length);
        });
        if (RecordScan.WrittenBytesAfter(file, end, name, blocks) is var extra and > 0)
        {
            throw new VerificationFault($"The record at byte {end} is harmed or cut short: {extra} bytes follow the last whole block.");
        }

        if (blocks == 0)
        {
            throw new VerificationFault("The file holds no block.");
        }
    }

    private void VerifyBlock(CertifiedBlock block)
    {
        Require(block.Header.Height == (ulong)blocks, $"The block says that its height is {block.Header.Height}.");
        Require(
            tip is null ? block.Header.Place == OrderPlace.Start : block.Header.Place.IsAfter(tip.Place),
            "The block's batch does not stand after that of the block below in the order of batches.");
        ExecutedBlock executed;
        Hash content;
        IReadOnlyList<Transactions.SignedTransaction> contents = [];
        if (blocks == 0)
        {
            genesis = LedgerGenesis.Decode(block.Content.Span);
            executor = new BlockExecutor(genesis, catalog, new LedgerState());
            Require(catalog.Find(genesis.Rules) is not null, $"The ledger follows version {genesis.Rules} of the rules, which this build does not have.");
            executed = executor.ExecuteGenesis();
            content = genesis.Id;
        }
        else
        {
            SignedBatch batch = SignedBatch.Decode(block.Content.Span);
            executed = ExecuteAgain(batch, block.Header.Height);
            content = batch.Digest;
            contents = batch.Transactions;
        }

        Compare(block.Header, HeaderRule.HeaderOf(genesis!, tip, executed, contents, content, block.Header.Place));
        if (block.Certificate.FindFault(block.Header, executed.Validators) is { } fault)
        {
            throw new VerificationFault(fault);
        }

        tip = block.Header;
        validators = executed.Validators;
        blocks++;
        transactions += contents.Count;
        refused += executed.Receipts.Skip(executed.ScheduledCount).Count(receipt => !receipt.Outcome.IsDone);
        onBlock?.Invoke(new VerifiedBlock(new CertifiedHeader(block.Header, block.Certificate), executed, contents, genesis!));
    }

    private ExecutedBlock ExecuteAgain(SignedBatch batch, ulong height)
    {
        Require(executor!.MissingRules(height) is null, $"The block follows version {executor.MissingRules(height)} of the rules, which this build does not have.");
        Require(executor.IsValid(batch, height), "The batch is not signed by a validator, is for another ledger, or stands in the file twice.");
        bool[] signed = genesis!.HasSignatures ? SignatureChecks.Run(batch.Transactions, threads) : new bool[batch.Transactions.Count];
        return executor.Execute(batch, height, tip!.Time, signed);
    }

    private static void Compare(BlockHeader stored, BlockHeader computed)
    {
        Require(stored.LedgerId == computed.LedgerId, "The header names another ledger.");
        Require(stored.ParentHash == computed.ParentHash, "The header does not follow the block below it.");
        Require(stored.Time == computed.Time, $"The header's time is {stored.Time}, the validators' clocks give {computed.Time}.");
        Require(stored.TransactionsRoot == computed.TransactionsRoot, "The transactions are not those of the header.");
        Require(stored.ReceiptsRoot == computed.ReceiptsRoot, "Executing the transactions again gives other receipts.");
        Require(stored.StateRoot == computed.StateRoot, "Executing the transactions again gives another state.");
        Require(stored.ValidatorsHash == computed.ValidatorsHash, "The header names other validators than those of its height.");
        Require(stored.ContentHash == computed.ContentHash, "The batch is not that of the header.");
        Require(stored == computed, "The header's proposer or counts are not those of the block.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new VerificationFault(otherwise);
        }
    }

    private VerificationReport Report(string? fault) => new(
        genesis?.Name,
        genesis?.Id ?? Hash.Zero,
        blocks,
        transactions,
        refused,
        tip?.HeaderHash() ?? Hash.Zero,
        validators,
        genesis?.HasSignatures ?? true,
        fault is null ? null : blocks,
        fault);

    private sealed class VerificationFault(string message) : Exception(message);
}
