using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <content>The node goes on where its files end.</content>
public sealed partial class LedgerNode
{
    private BlockHeader? recovered;

    /// <summary>What the node found when it started; null for a new ledger.</summary>
    public Recovery? Recovery { get; private set; }

    private LedgerState Recover()
    {
        (LedgerState state, BlockHeader tip, Recovery found) = new LedgerRecovery(settings, log).Run(changes);
        recovered = tip;
        Recovery = found;
        return state;
    }

    // A new ledger starts with block 0; another one where its file ends, and where that says the order goes on.
    private void GoOn(UnsealedBlock? genesis)
    {
        if (recovered is null)
        {
            sealer.Write(genesis!);
            sealer.Commit();
            return;
        }

        sealer.ContinueAfter(recovered);
        position = recovered.Place.Order == settings.Orderer.Order ? recovered.Place.Next : 0;
        released = position;
        settings.Orderer.Release(position);
        if (settings.Key is { } key)
        {
            lastBatchNumber = SystemTables.Proposers.FindOr(new StateView(State), key.Address, default).BatchNumber;
        }
    }

    // Who signs alone has its signatures in the ledger file. Who signs with others must know what it signed before.
    private VoteFile? OpenVotes()
    {
        if (settings.Key is not { } key || settings.Votes is null)
        {
            return null;
        }

        if (VoteFile.Exists(settings.Disk))
        {
            return VoteFile.Open(settings.Disk, settings.Reserve);
        }

        ValidatorSet validators = SystemTables.ValidatorsAt(new StateView(State), Height + 1);
        bool mayHaveSigned = recovered is not null && validators.Members.Count > 1 && validators.Find(key.Address) is not null;
        if (mayHaveSigned && !settings.HasNeverSigned)
        {
            throw new DamagedFileException(
                $"{VoteFile.Name} is missing beside {settings.FileName}: what this validator signed is not known, so it must not sign again under the key of {key.Address}. Bring the file back, or have the community give the validator a new key.");
        }

        return VoteFile.Begin(settings.Disk, settings.Reserve, recovered is null ? 0 : Height + 1);
    }
}
