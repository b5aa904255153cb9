using Commonwatt.Ledger.Encoding;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <summary>What a member's settlement lines of one kind add up to.</summary>
/// <param name="PaidFor">The energy he paid for.</param>
/// <param name="Paid">What he paid.</param>
/// <param name="PaidTo">The energy he was paid for.</param>
/// <param name="Received">What he was paid.</param>
public readonly record struct InvoiceLine(Energy PaidFor, Money Paid, Energy PaidTo, Money Received);

/// <summary>The sums of a member's settlement lines since his last invoice, by kind.</summary>
/// <remarks>Corrections of periods on earlier invoices stand on the next one, as is usual.</remarks>
public sealed class OpenInvoice : ICanonical<OpenInvoice>
{
    private const int Kinds = 6;

    private readonly InvoiceLine[] lines;

    private OpenInvoice(Instant from, InvoiceLine[] lines)
    {
        From = from;
        this.lines = lines;
    }

    /// <summary>The first delivery it may hold.</summary>
    public Instant From { get; }

    /// <summary>What is owed altogether: paid minus received; negative where the member is owed.</summary>
    public Money Total
    {
        get
        {
            Money total = Money.Zero;
            foreach (InvoiceLine line in lines)
            {
                total += line.Paid - line.Received;
            }

            return total;
        }
    }

    /// <summary>An invoice with nothing on it.</summary>
    public static OpenInvoice Empty(Instant from) => new(from, new InvoiceLine[Kinds]);

    /// <summary>The sums of one kind of line.</summary>
    public InvoiceLine Sum(SettlementLineKind kind) => lines[(int)kind];

    /// <summary>Adds one side of a settlement line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="pays">Whether the member is the one who pays.</param>
    public void Add(in SettlementLine line, bool pays)
    {
        ref InvoiceLine sum = ref lines[(int)line.Kind];
        sum = pays
            ? sum with { PaidFor = sum.PaidFor + line.Quantity, Paid = sum.Paid + line.Amount }
            : sum with { PaidTo = sum.PaidTo + line.Quantity, Received = sum.Received + line.Amount };
    }

    /// <inheritdoc/>
    public void Write(ref CanonicalWriter writer)
    {
        writer.Instant(From);
        foreach (InvoiceLine line in lines)
        {
            writer.Int64(line.PaidFor.WattHours);
            writer.Int64(line.Paid.Micros);
            writer.Int64(line.PaidTo.WattHours);
            writer.Int64(line.Received.Micros);
        }
    }

    /// <inheritdoc/>
    public static OpenInvoice Read(ref CanonicalReader reader)
    {
        Instant from = reader.Instant();
        var lines = new InvoiceLine[Kinds];
        for (int kind = 0; kind < Kinds; kind++)
        {
            lines[kind] = new InvoiceLine(new Energy(reader.Int64()), new Money(reader.Int64()), new Energy(reader.Int64()), new Money(reader.Int64()));
        }

        return new OpenInvoice(from, lines);
    }
}
