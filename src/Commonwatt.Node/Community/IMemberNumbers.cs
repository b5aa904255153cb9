using Commonwatt.Ledger.Keys;

namespace Commonwatt.Node.Community;

/// <summary>Which member of the ledger an address is.</summary>
internal interface IMemberNumbers
{
    /// <summary>The number of the member with this address, or null where it is not registered.</summary>
    int? NumberOf(Address address);
}

/// <summary>A ledger on which nobody is registered.</summary>
internal sealed class NobodyRegistered : IMemberNumbers
{
    /// <inheritdoc/>
    public int? NumberOf(Address address) => null;
}
