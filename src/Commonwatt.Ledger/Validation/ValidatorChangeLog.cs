using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Every change of the validators with its proof, in a file of its own, so that others can follow them without the states of then.</summary>
public sealed class ValidatorChangeLog
{
    /// <summary>The file's name. Where the validators never changed, there is none.</summary>
    public const string FileName = "validator-changes.log";

    /// <summary>The changes that a folder has, by ascending height.</summary>
    public static IReadOnlyList<StateProof> Read(IDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return [];
    }
}
