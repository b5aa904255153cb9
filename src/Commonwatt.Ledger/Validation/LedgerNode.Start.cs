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
        }
        else
        {
            sealer.ContinueAfter(recovered);
        }

        if (recovered?.Place.Order > settings.Orderer.Order)
        {
            throw new InvalidOperationException($"The ledger goes on in the order of batches with the number {recovered.Place.Order}; this node is set to read the one with the number {settings.Orderer.Order}, which was given up.");
        }

        OrderPlace place = ExecuteSigned(recovered?.Place ?? OrderPlace.Start);
        position = place.Order == settings.Orderer.Order ? place.Next : 0;
        released = sealer.DurablePosition;
        settings.Orderer.Release(released);
        if (settings.Key is { } key)
        {
            lastBatchNumber = SystemTables.Proposers.FindOr(new StateView(State), key.Address, default).BatchNumber;
        }
    }

    // What this validator signed and is not final yet needs no order: whether that still has the batches or lost them, it will sign nothing else.
    private OrderPlace ExecuteSigned(OrderPlace place)
    {
        while ((votes?.BlockAt(Height + 1) ?? CarriedBlock(Height + 1)) is { } signed
            && IsNext(signed, place)
            && Decode(signed.Content) is { } batch
            && executor.MissingRules(Height + 1) is null
            && executor.IsValid(batch, Height + 1))
        {
            place = signed.Header.Place;
            Execute(batch, isChecked: false, place);
        }

        return place;
    }

    // A place that was made up would be signed, and stand in the way of every later one.
    private bool IsNext(VotedBlock signed, OrderPlace parent) =>
        signed.Header.ParentHash == sealer.NewestHash
        && signed.Header.Place.IsAfter(parent)
        && signed.Header.Place.Order <= settings.Orderer.Order
        && SystemTables.ValidatorsAt(new StateView(State), Height + 1).Find(signed.Vote.Validator) is { } validator
        && signed.Vote.IsSignedBy(validator.Key);

    private VotedBlock? CarriedBlock(ulong height) => settings.Carried.FirstOrDefault(carried => carried.Header.Height == height);

    // Who signs alone has its signatures in the ledger file. Who signs with others must know what it signed before.
    private VoteFile? OpenVotes()
    {
        if (settings.Key is not { } key)
        {
            return null;
        }

        if (settings.Votes is null)
        {
            return !VoteFile.Exists(settings.Disk)
                ? null
                : throw new InvalidOperationException($"{VoteFile.Name} is beside {settings.FileName}, so this validator signed together with others: it must go on with a channel for votes, or under a new key.");
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
