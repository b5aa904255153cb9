using Commonwatt.Ledger.Merkle;

namespace Commonwatt.Ledger.Execution;

/// <summary>Something the tables of contracts can be read from: a running call, or the state after a block.</summary>
public abstract class StateReader
{
    internal abstract MapLeaf? FindLeaf(ReadOnlySpan<byte> key);

    internal abstract MapLeaf? FirstLeaf(ReadOnlySpan<byte> prefix);

    internal abstract List<MapLeaf> RangeOfLeaves(ReadOnlySpan<byte> prefix);
}
