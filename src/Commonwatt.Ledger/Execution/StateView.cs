using Commonwatt.Ledger.Merkle;

namespace Commonwatt.Ledger.Execution;

/// <summary>The state after a block, for reading.</summary>
/// <param name="version">The map as it was then.</param>
public sealed class StateView(MerkleMapVersion version) : StateReader
{
    internal override MapLeaf? FindLeaf(ReadOnlySpan<byte> key) => MerkleMap.FindLeaf(version.Root, key);

    internal override MapLeaf? FirstLeaf(ReadOnlySpan<byte> prefix) => MerkleMap.FirstLeaf(version.Root, prefix);

    internal override List<MapLeaf> RangeOfLeaves(ReadOnlySpan<byte> prefix) => MerkleMap.RangeOfLeaves(version.Root, prefix);
}
