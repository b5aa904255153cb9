using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Verification;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Writes a file of headers from the blocks of a ledger as they are found right: the genesis, the headers wanted, every change of the validators, the newest header.</summary>
/// <param name="file">Where it goes.</param>
/// <param name="interval">Which headers are wanted.</param>
public sealed class HeaderExport(Stream file, HeaderInterval interval)
{
    private CertifiedHeader? told;
    private CertifiedHeader? newest;

    /// <summary>How many headers the file holds, with those that show a change.</summary>
    public long Headers { get; private set; }

    /// <summary>How many changes of the validators it holds.</summary>
    public long Changes { get; private set; }

    /// <summary>Takes the next block; the first is that of height 0.</summary>
    public void Take(VerifiedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (newest is null)
        {
            HeaderFile.Begin(file, block.Genesis);
        }

        // The last header before a change shows it, so that whoever trusts the validators of any height is told of all changes after it.
        newest = block.Certified;
        var change = StateProof.Of(block, SystemTables.Validators.StateKey(new Count(newest.Header.Height + 1)));
        if (change.IsPresent)
        {
            Changes++;
            Tell(new FollowStep.Change(change));
        }
        else if (interval.Takes(newest.Header, told?.Header))
        {
            Tell(new FollowStep.Next(newest));
        }
    }

    /// <summary>Ends the file with the newest header.</summary>
    public void End()
    {
        if (newest is not null && newest != told)
        {
            Tell(new FollowStep.Next(newest));
        }
    }

    private void Tell(FollowStep step)
    {
        HeaderFile.Append(file, step);
        told = step.Block;
        Headers++;
    }
}
