using Commonwatt.Markets;

namespace Commonwatt.Node.Mandates;

/// <summary>Knows orders that do not stand any more, so that an agent that was started again does not place what was withdrawn.</summary>
internal interface IPastOrders
{
    /// <summary>Whether the newest order of a member's under a label was withdrawn; null where that is not known yet, for what is known is still being made.</summary>
    /// <param name="member">Whose.</param>
    /// <param name="delivery">The start of the period.</param>
    /// <param name="label">The order's label.</param>
    bool? WasWithdrawn(MemberId member, Instant delivery, byte label);
}
