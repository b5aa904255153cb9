using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ledger.Validation;

/// <summary>An executed block with its header, which waits for enough signatures.</summary>
internal sealed class PendingBlock(BlockHeader header, UnsealedBlock block)
{
    /// <summary>The header that this node computed.</summary>
    public BlockHeader Header { get; } = header;

    /// <summary>Its hash.</summary>
    public Hash HeaderHash { get; } = header.HeaderHash();

    /// <summary>What was executed.</summary>
    public UnsealedBlock Block { get; } = block;

    /// <summary>The validators whose signatures count.</summary>
    public ValidatorSet Validators => Block.Executed.Validators;

    /// <summary>The signatures, once there are enough.</summary>
    public BlockCertificate? Certificate { get; set; }
}
