using Commonwatt.Markets;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Mandates;

namespace Commonwatt.Node.Community;

/// <summary>What became of orders, from the tables made from the ledger.</summary>
/// <param name="tables">The tables.</param>
internal sealed class ProjectedPastOrders(CommunityTables tables) : IPastOrders
{
    /// <inheritdoc/>
    public bool WasWithdrawn(MemberId member, Instant delivery, byte label) => tables.Read(now => now.Find<string>(
        "SELECT state FROM orders WHERE delivery = @delivery AND member = @member AND label = @label ORDER BY version DESC LIMIT 1",
        new { delivery = delivery.UnixMilliseconds, member = member.Value, label = (long)label })) is "withdrawn";
}
