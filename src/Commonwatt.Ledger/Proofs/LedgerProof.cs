using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Proofs;

/// <summary>Something that was so on a ledger at some height, with all that shows it to whoever trusts the ledger's validators.</summary>
/// <param name="Block">The header that it follows from.</param>
public abstract record LedgerProof(CertifiedHeader Block)
{
    /// <summary>Checks that what the proof claims follows from a header that these validators made final on this ledger.</summary>
    /// <param name="validators">The validators of the proof's height, from a source that is trusted: nothing in the proof itself is.</param>
    /// <param name="ledgerId">The ledger, from a source that is trusted.</param>
    /// <returns>Null where it does, or a sentence that says why not.</returns>
    public string? Check(ValidatorSet validators, Hash ledgerId) => Block.Check(validators, ledgerId) ?? FindFault();

    /// <summary>Checks that what the proof claims follows from its header, whoever signed that.</summary>
    internal abstract string? FindFault();

    internal abstract Wire.Proofs.Proof ToMessage();
}
