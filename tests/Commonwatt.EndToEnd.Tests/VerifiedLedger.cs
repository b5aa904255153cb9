using Commonwatt.Contracts;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.EndToEnd.Tests;

/// <summary>What a validator's ledger file holds, executed again from the first block and found right.</summary>
internal sealed class VerifiedLedger
{
    private readonly List<BlockHeader> headers = [];
    private readonly List<ValidatorSet> validators = [];
    private readonly Dictionary<Hash, List<(ulong Height, Outcome Outcome)>> receipts = [];
    private StateView? state;

    /// <summary>The headers by height.</summary>
    public IReadOnlyList<BlockHeader> Headers => headers;

    /// <summary>The validators of each height.</summary>
    public IReadOnlyList<ValidatorSet> Validators => validators;

    /// <summary>Verifies a file, as <c>commonwatt verify</c> does.</summary>
    public static VerifiedLedger Of(string file)
    {
        var ledger = new VerifiedLedger();
        VerificationReport report = LedgerVerifier.Verify(
            new FolderDisk(Path.GetDirectoryName(file)!, isReadOnly: true), Path.GetFileName(file), CommunityRules.Catalog, Environment.ProcessorCount, onBlock: ledger.Take);
        Assert.True(report.IsRight, $"{file} is wrong at height {report.FaultHeight}: {report.Fault}");
        return ledger;
    }

    /// <summary>What became of a transaction, wherever it stands.</summary>
    public IReadOnlyList<(ulong Height, Outcome Outcome)> ReceiptsOf(Hash id) => receipts.GetValueOrDefault(id) ?? [];

    /// <summary>What somebody has in the end.</summary>
    public long BalanceOf(Address member) => new CommunityRules().Wallet.AccountOf(state!, member).Balance.Micros;

    private void Take(VerifiedBlock block)
    {
        headers.Add(block.Certified.Header);
        validators.Add(block.Executed.Validators);
        state = new StateView(block.Executed.State);
        foreach (Receipt receipt in block.Executed.Receipts.Skip(block.Executed.ScheduledCount))
        {
            if (!receipts.TryGetValue(receipt.Subject, out List<(ulong, Outcome)>? known))
            {
                receipts.Add(receipt.Subject, known = []);
            }

            known.Add((block.Certified.Header.Height, receipt.Outcome));
        }
    }
}
