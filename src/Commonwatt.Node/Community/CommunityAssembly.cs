using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Community;

/// <summary>Puts together what a node does beside its ledger.</summary>
internal sealed class CommunityAssembly
{
    private readonly List<Func<LedgerHost, IEnumerable<INodePart>>> makers = [];
    private readonly List<Action<FinalBlock>> listeners = [];

    /// <summary>Adds parts that are made once the ledger is open; they stand in the order they are added.</summary>
    /// <param name="make">Makes the parts.</param>
    public CommunityAssembly AddAll(Func<LedgerHost, IEnumerable<INodePart>> make)
    {
        makers.Add(make);
        return this;
    }

    /// <summary>Adds somebody who is told every final block, and must not wait; before the node is built.</summary>
    public CommunityAssembly Tell(Action<FinalBlock> listener)
    {
        listeners.Add(listener);
        return this;
    }

    /// <summary>Tells everybody of a final block.</summary>
    public void Take(FinalBlock block)
    {
        foreach (Action<FinalBlock> listener in listeners)
        {
            listener(block);
        }
    }

    /// <summary>Makes the parts for a ledger that is open.</summary>
    public IReadOnlyList<INodePart> Parts(LedgerHost host) => [.. makers.SelectMany(make => make(host))];
}
