using Commonwatt.Ledger.Proofs;

namespace Commonwatt.Ledger.Validation;

/// <summary>Another node, as one that lacks blocks needs it. Nothing that it gives is trusted.</summary>
public interface IBlockSource
{
    /// <summary>The height of its newest final block, or null where it has none or does not answer.</summary>
    ulong? FinalHeight();

    /// <summary>Its encoded <c>Block</c>s from a height on, in order, as far as it has them.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Blocks(ulong from);

    /// <summary>Its newest snapshot, in the form of a snapshot file, or null where it has none. The caller closes it.</summary>
    Stream? OpenSnapshot();

    /// <summary>For every change of validators, by ascending height, the proof a light client needs to follow it: under the header of the block that made it.</summary>
    IReadOnlyList<StateProof> ValidatorChanges();
}
