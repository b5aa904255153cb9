namespace Commonwatt.Markets.Settlement;

/// <summary>Makes a line of a quantity and a price.</summary>
internal static class Payment
{
    /// <summary>The line in which <paramref name="from"/> pays <paramref name="to"/>, or the reverse where the price is negative.</summary>
    public static SettlementLine Line(Party from, Party to, SettlementLineKind kind, Energy quantity, Price price, bool estimated)
    {
        Money amount = quantity.At(price);
        return price.IsNegative
            ? new SettlementLine(to, from, kind, quantity, price, -amount, estimated)
            : new SettlementLine(from, to, kind, quantity, price, amount, estimated);
    }
}
