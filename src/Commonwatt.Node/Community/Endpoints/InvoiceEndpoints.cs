using System.Security.Claims;
using Commonwatt.Ledger.Keys;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Community.Invoices;
using Commonwatt.Node.Community.Requests;
using Commonwatt.Node.Community.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Commonwatt.Node.Community.Endpoints;

/// <summary>Bills and invoices: a member's own, and all of them for the manager.</summary>
internal sealed class InvoiceEndpoints(CommunityFacts facts, CommunityTables tables, AnswerCache cache, InvoiceArchive archive, IPeopleDirectory people)
{
    private const string Tag = "Bills and invoices";

    private static readonly string[] Header =
    [
        "delivery", "kind", "quantityWh", "price (micro-currency/kWh)", "amount (micro-currency)", "estimated", "correction", "counterparty", "transaction", "block", "eventIndex",
    ];

    /// <summary>Adds the endpoints.</summary>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me/bills", Bill).ForMembers<BillJson>(Tag, "My bill of a month, beside what it would have been without the community").WithTag304();
        api.MapGet("/me/bills/lines", Lines).ForMembers<Page<LineJson>>(Tag, "The lines of my bill of a month").WithTag304();
        api.MapGet("/me/invoices", Mine).ForMembers<Listed<InvoiceListJson>>(Tag, "My invoices, newest first").WithTag304();
        api.MapGet("/me/invoices/{id}", (ClaimsPrincipal user, string id) => Me.Answer(user, member => Own(id, member, Document)))
            .ForMembers<InvoiceJson>(Tag, "One of my invoices with all its lines").WithTag304();
        api.MapGet("/me/invoices/{id}.csv", (ClaimsPrincipal user, string id) => Me.Answer(user, member => Own(id, member, Table)))
            .ForMembers<CsvTable>(Tag, "The lines of one of my invoices as CSV").AsCsv();
        api.MapGet("/invoices", All).ForRoles<Listed<InvoiceListJson>>(Tag, "All members' invoices of a month", "manager").WithTag304();
        api.MapGet("/invoices/{id}", (string id) => Any(id, Document)).ForRoles<InvoiceJson>(Tag, "An invoice with all its lines", "manager")
            .Produces<ProblemJson>(StatusCodes.Status404NotFound, "application/problem+json").WithTag304();
        api.MapGet("/invoices/{id}.csv", (string id) => Any(id, Table)).ForRoles<CsvTable>(Tag, "The lines of an invoice as CSV", "manager")
            .Produces<ProblemJson>(StatusCodes.Status404NotFound, "application/problem+json").AsCsv();
    }

    private IResult Bill(ClaimsPrincipal user, [AsParameters] MonthQuery query) => Me.Answer(user, member => tables.Read(now =>
    {
        BillingMonth month = query.Given ?? archive.MonthsOf(member).At(facts.Now);
        return cache.Answer($"bill {member} {month}", now.Height, () => BillJson.Of(archive.Find(now, member, month)));
    }));

    private IResult Lines(ClaimsPrincipal user, [AsParameters] MonthQuery query, [AsParameters] PageQuery page) => Me.Answer(user, member => tables.Read(now =>
    {
        BillingMonth month = query.Given ?? archive.MonthsOf(member).At(facts.Now);
        string list = $"bill-lines {member} {month}";
        if (page.After(list, 4, out long[]? after) is { } problem)
        {
            return problem;
        }

        return cache.Answer($"{list} {page}", now.Height, () =>
        {
            IReadOnlyList<MemberLine> lines = archive.Find(now, member, month).Lines;
            MemberLine[] read = [.. lines.Where(line => after is null || Keys(line).AsSpan().SequenceCompareTo(after) > 0).Take(page.Count + 1)];
            Page<MemberLine> shown = Page<MemberLine>.Of(read, page.Count, line => PageCursor.Write(list, Keys(line)));
            return new Page<LineJson>([.. shown.Items.Select(LineJson.Of)], shown.Next);
        });
    }));

    private IResult Mine(ClaimsPrincipal user) => Me.Answer(user, member => tables.Read(now => cache.Answer(
        $"invoices {member} {archive.MonthsOf(member).At(facts.Now)}",
        now.Height,
        () => new Listed<InvoiceListJson>([.. archive.All(now, member).Select(invoice => InvoiceListJson.Of(invoice, facts.LedgerId, people.NameOf(member)))]))));

    private IResult All([AsParameters] MonthQuery query) => tables.Read(now =>
    {
        BillingMonth month = query.Given ?? BillingMonth.At(facts.Now, facts.TimeZone);
        return cache.Answer($"all-invoices {month}", now.Height, () =>
        {
            var invoices = new List<InvoiceListJson>();
            foreach (long member in now.Query<long>("SELECT number FROM members ORDER BY number"))
            {
                Invoice invoice = archive.Find(now, member, month);
                if (invoice.Lines.Count > 0)
                {
                    invoices.Add(InvoiceListJson.Of(invoice, facts.LedgerId, people.NameOf(member)));
                }
            }

            return new Listed<InvoiceListJson>(invoices);
        });
    });

    // Another member's invoice is answered as one that is not there.
    private IResult Own(string id, long member, Func<TableSnapshot, InvoiceNumber, IResult> answer) =>
        InvoiceNumber.TryParse(id, out InvoiceNumber number) && number.Member == member ? Answer(number, answer) : Missing();

    private IResult Any(string id, Func<TableSnapshot, InvoiceNumber, IResult> answer) =>
        InvoiceNumber.TryParse(id, out InvoiceNumber number) ? Answer(number, answer) : Missing();

    private IResult Answer(InvoiceNumber number, Func<TableSnapshot, InvoiceNumber, IResult> answer) =>
        tables.Read(now => archive.Find(now, number.Member, number.Month).Lines.Count == 0 ? Missing() : answer(now, number));

    private static IResult Missing() => ApiProblem.NotFound("There is no such invoice: the list of invoices has their ids, such as 3-2026-11.");

    private IResult Document(TableSnapshot now, InvoiceNumber number) => cache.Answer($"invoice {number}", now.Height, () =>
    {
        Invoice invoice = archive.Find(now, number.Member, number.Month);
        return new InvoiceJson
        {
            Id = number.ToString(),
            Number = number.Printed(facts.LedgerId),
            Month = number.Month.ToString(),
            From = invoice.Window.From,
            To = invoice.Window.To,
            TimeZone = archive.MonthsOf(number.Member).ZoneOf(number.Month).Id,
            Currency = facts.Currency,
            Issuer = facts.Name,
            Member = new InvoiceMemberJson(number.Member, people.NameOf(number.Member), AddressOf(now, number.Member)),
            Status = invoice.Window.IsFinal ? "final" : "running",
            Groups = [.. invoice.Groups.Select(GroupJson.Of)],
            Corrections = [.. invoice.Corrections.Select(LineJson.Of)],
            Lines = [.. invoice.Lines.Select(LineJson.Of)],
            Total = invoice.Total.Micros,
            WithoutCommunity = invoice.WithoutCommunity.Micros,
            Saved = invoice.Saved.Micros,
            LedgerInvoice = LedgerInvoiceJson.Of(invoice.Ledger),
        };
    });

    private CsvTable Table(TableSnapshot now, InvoiceNumber number) => new(
        $"invoice-{number.Printed(facts.LedgerId)}.csv",
        Header,
        archive.Find(now, number.Member, number.Month).Lines.Select(LineJson.Of).Select(line => new object?[]
        {
            line.Delivery, line.Kind, line.QuantityWh, line.Price, line.Amount, line.Estimated, line.Correction, line.Counterparty, line.Transaction, line.Block, line.EventIndex,
        }));

    private static string? AddressOf(TableSnapshot now, long member) =>
        now.Find<byte[]>("SELECT address FROM members WHERE number = @member", new { member }) is { } bytes ? new Address(bytes).ToString() : null;

    private static long[] Keys(MemberLine line) => [line.Delivery.UnixMilliseconds, line.Place.Height, line.Place.Event, line.Place.Line];
}
