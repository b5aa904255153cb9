using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Hosting;

namespace Commonwatt.Node.Community;

/// <summary>Members' numbers as the ledger's newest final state has them.</summary>
/// <param name="ledger">The ledger.</param>
internal sealed class LedgerMemberNumbers(ICommunityLedger ledger) : IMemberNumbers
{
    /// <inheritdoc/>
    public int? NumberOf(Address address) =>
        ledger.State is { } state && ledger.Rules.Registry.TryFindMember(state, address, out Markets.MemberId id, out _) ? (int)id.Value : null;
}
