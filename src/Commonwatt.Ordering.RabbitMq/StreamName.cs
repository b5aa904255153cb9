using Commonwatt.Ledger.Encoding;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>What a ledger's streams are called on the broker.</summary>
public static class StreamName
{
    private const int Digits = 16;

    /// <summary>The stream of a ledger's order of batches: <c>commonwatt.0123456789abcdef.order-0</c>.</summary>
    /// <param name="ledgerId">The ledger's id, of which the first 16 digits are taken.</param>
    /// <param name="order">Which order.</param>
    public static string OfOrder(Hash ledgerId, uint order) => $"{Prefix(ledgerId)}.order-{order}";

    /// <summary>The stream of what a ledger's validators say to each other: <c>commonwatt.0123456789abcdef.votes</c>.</summary>
    public static string OfVotes(Hash ledgerId) => $"{Prefix(ledgerId)}.votes";

    private static string Prefix(Hash ledgerId) => $"commonwatt.{ledgerId.ToString()[..Digits]}";
}
