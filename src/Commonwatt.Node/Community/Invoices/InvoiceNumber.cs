using System.Globalization;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>An invoice's id and number. Both come from what it is for, so that they never change and none is given twice.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Month">For which month.</param>
internal readonly record struct InvoiceNumber(long Member, BillingMonth Month)
{
    /// <summary>Reads an id such as <c>3-2026-11</c>.</summary>
    public static bool TryParse(string? id, out InvoiceNumber number)
    {
        number = default;
        int dash = id?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 1
            || id![0] == '0'
            || !uint.TryParse(id.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out uint member)
            || !BillingMonth.TryParse(id[(dash + 1)..], out BillingMonth month))
        {
            return false;
        }

        number = new InvoiceNumber(member, month);
        return true;
    }

    /// <summary>The number that is printed: the first digits of the ledger's id, the member and the month, such as <c>9f3a61c2-00003-202611</c>.</summary>
    public string Printed(string ledgerId) => $"{(ledgerId.Length > 8 ? ledgerId[..8] : ledgerId)}-{Member:00000}-{Month.Year:0000}{Month.Month:00}";

    /// <summary>The id, as <c>3-2026-11</c>.</summary>
    public override string ToString() => $"{Member}-{Month}";
}
