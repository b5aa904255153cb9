using Commonwatt.Markets.Settlement;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>What a member's lines of one kind add up to; the ledger's invoices have the same sums.</summary>
/// <param name="Kind">What for.</param>
/// <param name="EnergyPaid">The energy he paid for.</param>
/// <param name="Paid">What he paid.</param>
/// <param name="EnergySold">The energy he was paid for.</param>
/// <param name="Received">What he was paid.</param>
internal sealed record InvoiceGroup(SettlementLineKind Kind, Energy EnergyPaid, Money Paid, Energy EnergySold, Money Received)
{
    /// <summary>The kinds of line, in the order they are shown.</summary>
    public static IReadOnlyList<SettlementLineKind> Kinds { get; } = Enum.GetValues<SettlementLineKind>();

    /// <summary>Received less paid.</summary>
    public Money Total => Received - Paid;

    /// <summary>The sums of some lines, a group for each kind that occurs.</summary>
    public static IReadOnlyList<InvoiceGroup> Of(IEnumerable<MemberLine> lines)
    {
        var groups = new InvoiceGroup?[Kinds.Count];
        foreach (MemberLine line in lines)
        {
            ref InvoiceGroup? group = ref groups[(int)line.Kind];
            group = (group ?? new InvoiceGroup(line.Kind, Energy.Zero, Money.Zero, Energy.Zero, Money.Zero)).With(line);
        }

        return [.. groups.OfType<InvoiceGroup>()];
    }

    /// <summary>What groups add up to: received less paid.</summary>
    public static Money Sum(IEnumerable<InvoiceGroup> groups) => groups.Aggregate(Money.Zero, (sum, group) => sum + group.Total);

    private InvoiceGroup With(MemberLine line) => line.Pays
        ? this with { EnergyPaid = EnergyPaid + line.Quantity, Paid = Paid + line.Amount }
        : this with { EnergySold = EnergySold + line.Quantity, Received = Received + line.Amount };
}
