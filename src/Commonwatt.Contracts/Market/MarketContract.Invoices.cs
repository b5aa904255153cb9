using Commonwatt.Contracts.Registry;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Execution;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Market;

/// <content>Invoices are the sums of settlement lines between two boundaries, which the manager sets where months begin in the community's time zone.</content>
public sealed partial class MarketContract
{
    private const int MostBoundaries = 1_000;

    private Outcome SetInvoiceBoundaries(CallContext context, SetInvoiceBoundaries call)
    {
        if (governance.RequireManager(context) is { IsDone: false } refused)
        {
            return refused;
        }

        foreach (long atMs in call.AtMs)
        {
            if (atMs < context.Time.UnixMilliseconds)
            {
                return Outcome.Refused("wrong-time", $"An invoice ends in the future: {atMs} ms is past.");
            }

            invoiceBoundaries.Put(context, new TimeKey(new Instant(atMs)), new Count(context.Height));
        }

        return invoiceBoundaries.All(context).Count <= MostBoundaries
            ? Outcome.Done
            : Outcome.Refused("too-many", $"At most {MostBoundaries} boundaries are kept ahead.");
    }

    // Periods settle in order, so that all before the boundary are on the invoices when the first one after it comes.
    // Where several boundaries have passed since the last one (the market stood still), nothing stands between them.
    private void CloseInvoicesUpTo(CallContext context, Instant delivery)
    {
        Instant? end = null;
        Instant next = default;
        while (invoiceBoundaries.TryFirst(context, out TimeKey boundary, out _) && boundary.Time <= delivery)
        {
            end ??= boundary.Time;
            next = boundary.Time;
            invoiceBoundaries.Remove(context, boundary);
        }

        if (end is not { } until)
        {
            return;
        }

        foreach ((MemberNumber member, OpenInvoice invoice) in invoices.All(context))
        {
            context.Emit(new InvoiceIssued(member.Id, until, invoice));
            invoices.Put(context, member, OpenInvoice.Empty(next));
        }
    }

    private void AddToInvoices(CallContext context, IReadOnlyList<SettlementLine> lines, Instant delivery)
    {
        var open = new SortedDictionary<MemberId, OpenInvoice>();
        for (int index = 0; index < lines.Count; index++)
        {
            SettlementLine line = lines[index];
            AddSide(context, open, line, line.From, pays: true, delivery);
            AddSide(context, open, line, line.To, pays: false, delivery);
        }

        foreach ((MemberId member, OpenInvoice invoice) in open)
        {
            invoices.Put(context, new MemberNumber(member), invoice);
        }
    }

    private void AddSide(
        CallContext context, SortedDictionary<MemberId, OpenInvoice> open, in SettlementLine line, Party party, bool pays, Instant delivery)
    {
        if (party.Kind != PartyKind.Member)
        {
            return;
        }

        if (!open.TryGetValue(party.MemberId, out OpenInvoice? invoice))
        {
            invoice = InvoiceOf(context, party.MemberId) ?? OpenInvoice.Empty(delivery);
            open.Add(party.MemberId, invoice);
        }

        invoice.Add(line, pays);
    }
}
