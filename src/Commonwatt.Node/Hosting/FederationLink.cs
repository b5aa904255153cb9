using Commonwatt.Ledger.Finality;
using Commonwatt.Ledger.Ordering;

namespace Commonwatt.Node.Hosting;

/// <summary>A node's connection to the others: the order of batches, and the votes.</summary>
/// <param name="Orderer">Where batches get their order.</param>
/// <param name="Votes">Where votes travel, or null where one validator has all the power it takes.</param>
/// <param name="Close">Ends the connection.</param>
internal sealed record FederationLink(IOrderer Orderer, IVoteChannel? Votes, Action? Close = null) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Close?.Invoke();
}

/// <summary>No order at all: what settings hold before a node is connected.</summary>
internal sealed class NoOrder : IOrderer
{
    /// <inheritdoc/>
    public void Publish(Ledger.Blocks.SignedBatch batch) => throw new InvalidOperationException("The node is not connected.");

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(ulong position) => null;

    /// <inheritdoc/>
    public void Release(ulong position)
    {
        // Nothing is kept.
    }
}
