using Commonwatt.Markets;
using Commonwatt.Node.Community.Tables;
using Commonwatt.Node.Mandates;
using Commonwatt.Node.Projections;

namespace Commonwatt.Node.Community;

/// <summary>What became of orders, from the tables made from the ledger.</summary>
/// <param name="tables">The tables.</param>
/// <param name="projector">Knows how far the tables are behind.</param>
internal sealed class ProjectedPastOrders(CommunityTables tables, Projector projector) : IPastOrders
{
    // What was withdrawn after the first question, whoever asks has seen himself.
    private ulong? needed;

    /// <inheritdoc/>
    public bool? WasWithdrawn(MemberId member, Instant delivery, byte label)
    {
        needed ??= projector.Status.FinalHeight;
        return needed is null || projector.Status.Height is not { } reached || reached < needed
            ? null
            : tables.Read(now => now.Find<string>(
                "SELECT state FROM orders WHERE delivery = @delivery AND member = @member AND label = @label ORDER BY version DESC LIMIT 1",
                new { delivery = delivery.UnixMilliseconds, member = member.Value, label = (long)label })) is "withdrawn";
    }
}
