using Commonwatt.Node.Community.Tables;

namespace Commonwatt.Node.Community.Invoices;

/// <summary>What the community saved a member in a month or on a day that still runs. Each line is read once, and added to what came before.</summary>
/// <remarks>It comes to what <see cref="Invoice.Saved"/> of the same window does: periods settle in order, and lines are only ever added.</remarks>
/// <param name="member">The member.</param>
/// <param name="hasCorrections">Whether corrections count that are booked meanwhile, as on an invoice.</param>
internal sealed class RunningSavings(long member, bool hasCorrections)
{
    private readonly Lock gate = new();
    private long height = -1;
    private Instant? settled;
    private Money saved = Money.Zero;

    /// <summary>What was saved, micro-currency.</summary>
    /// <remarks>Whoever asks with tables that somebody else has seen newer ones of gets the newer sum.</remarks>
    /// <param name="tables">The tables.</param>
    /// <param name="window">The month or the day, as these tables have it.</param>
    public Money Of(TableSnapshot tables, InvoiceWindow window)
    {
        lock (gate)
        {
            if (tables.Height > height)
            {
                Add(tables, window);
                height = tables.Height;
            }

            return saved;
        }
    }

    private void Add(TableSnapshot tables, InvoiceWindow window)
    {
        bool isCorrected = false;
        Money received = Money.Zero;
        foreach (MemberLine line in MemberLines.Of(tables, member, window, after: height))
        {
            isCorrected |= line.IsCorrection;
            received += (hasCorrections || !line.IsCorrection) && window.Holds(line) ? line.Signed : Money.Zero;
        }

        IReadOnlyList<MeteredNet> metered = MemberLines.Metered(tables, member, window, after: settled);
        IReadOnlyList<LateNet> late = isCorrected && hasCorrections ? MemberLines.Late(tables, member, window, after: height) : [];
        saved += received - Invoice.CostWithoutCommunity(window, metered, late);
        foreach (MeteredNet net in metered)
        {
            settled = settled is { } newest && newest > net.Delivery ? newest : net.Delivery;
        }
    }
}
