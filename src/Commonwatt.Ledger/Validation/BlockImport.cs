using Commonwatt.Ledger.Proofs;
using Commonwatt.Ledger.Storage;

namespace Commonwatt.Ledger.Validation;

/// <summary>Brings the files of a node that does not run to where another node's are, and believes nothing that it cannot check.</summary>
public static class BlockImport
{
    /// <summary>Takes from a source what the node lacks: a snapshot where it is far behind, and every block.</summary>
    /// <param name="settings">The node; it must not be open.</param>
    /// <param name="source">The other node.</param>
    /// <param name="trusted">Validators of today from a source that is trusted: the source's newest block must be theirs. Null to trust the genesis alone.</param>
    /// <param name="limits">How much is taken, or null for what is usual.</param>
    /// <returns>What was taken. A source that lies, breaks off or holds another ledger is a fault in the report, and the node keeps what was right.</returns>
    /// <exception cref="DamagedFileException">The node's own file is harmed, or holds another ledger.</exception>
    /// <exception cref="IOException">The node's own disk failed.</exception>
    public static CatchUpReport CatchUp(NodeSettings settings, IBlockSource source, TrustedValidators? trusted = null, CatchUpLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(source);
        throw new NotSupportedException("Catching up is not there yet.");
    }
}
