using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Markets;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class InvoiceTests
{
    [Fact]
    public void An_invoice_is_the_sum_of_the_lines_of_the_deliveries_between_two_boundaries()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.LocalGridFee = 10_000);
        Boundaries(community, "15:00", "17:00").Accepted();
        for (int hour = 12; hour < 19; hour++)
        {
            community.For($"{hour + 1}:00").At($"{hour}:05");
            community.Member("anna").Asks(hour - 10, 0.08m).Accepted();
            community.Member("ben").Bids(hour - 11, 0.16m).Accepted();
            if (hour >= 14)
            {
                MechanismTests.Report(community.For($"{hour - 1}:00"), anna: -2, ben: hour - 10, carl: -1, dora: 0.5m);
            }
        }

        community.At("19:00");
        IReadOnlyList<PeriodSettled> periods = community.All<PeriodSettled>();
        List<InvoiceIssued> bens = [.. community.All<InvoiceIssued>().Where(issued => issued.Member == community.Member("ben").Id)];
        Assert.Equal([TestCommunity.Time("15:00"), TestCommunity.Time("17:00")], bens.Select(issued => issued.Until));
        Assert.Equal([TestCommunity.Time("13:00"), TestCommunity.Time("15:00")], bens.Select(issued => issued.Invoice.From));
        Assert.Equal([TestCommunity.Time("16:30"), TestCommunity.Time("18:30")], community.TimesOf<InvoiceIssued>().Distinct());
        foreach (SettlementLineKind kind in Enum.GetValues<SettlementLineKind>())
        {
            Assert.Equal(SumOf(periods.Take(2).SelectMany(period => period.Lines), community.Member("ben").Id, kind), bens[0].Invoice.Sum(kind));
            Assert.Equal(SumOf(periods.Skip(2).Take(2).SelectMany(period => period.Lines), community.Member("ben").Id, kind), bens[1].Invoice.Sum(kind));
        }

        Assert.Equal(2 * 4, community.All<InvoiceIssued>().Count);
        community.EveryScheduledCallWasDone();
        community.ReplaysAlike();
    }

    [Fact]
    public void A_correction_of_a_period_on_an_earlier_invoice_stands_on_the_next_one()
    {
        using TestCommunity community = TestCommunity.Trading();
        Boundaries(community, "14:00", "16:00").Accepted();
        SettlementTests.SellsToBen(community);
        community.At("15:40");
        Assert.Equal("0.480000", Of(community, "ben", 0).Invoice.Total.ToDecimal());
        community.Gateway.Calls(
            TransactionBuilder.Call("metering", "submit", community.Member("ben").Reading(import: 6)),
            TransactionBuilder.Call("market", "correct", new CorrectPeriod { DeliveryMs = community.Delivery.UnixMilliseconds })).Accepted();
        Assert.Equal("0.400000", Of(community.At("17:30"), "ben", 1).Invoice.Total.ToDecimal());
    }

    [Fact]
    public void Boundaries_that_pass_while_the_market_stands_still_make_one_invoice()
    {
        using TestCommunity community = TestCommunity.Trading();
        Boundaries(community, "14:00", "15:00", "16:00").Accepted();
        community.At("12:30").Manager.Calls("market", "stop", new StopMarket { LastDeliveryMs = community.Delivery.UnixMilliseconds }).Accepted();
        community.At("14:05").Member("ben").Reports(1).Accepted();
        community.At("17:00").Manager.Calls("market", "start", new StartMarket { FirstDeliveryMs = TestCommunity.Time("18:00").UnixMilliseconds }).Accepted();
        community.At("19:30");
        InvoiceIssued issued = Assert.Single(community.All<InvoiceIssued>());
        Assert.Equal((community.Member("ben").Id, TestCommunity.Time("14:00"), "0.200000"), (issued.Member, issued.Until, issued.Invoice.Total.ToDecimal()));
        Assert.Equal(TestCommunity.Time("16:00"), community.Rules.Market.InvoiceOf(community.State, issued.Member)!.From);
    }

    private static InvoiceIssued Of(TestCommunity community, string name, int index)
    {
        MemberId id = community.Member(name).Id;
        return community.All<InvoiceIssued>().Where(issued => issued.Member == id).ElementAt(index);
    }

    private static InvoiceLine SumOf(IEnumerable<SettlementLine> lines, MemberId member, SettlementLineKind kind)
    {
        var party = Party.Member(member);
        List<SettlementLine> paid = [.. lines.Where(line => line.Kind == kind && line.From == party)];
        List<SettlementLine> received = [.. lines.Where(line => line.Kind == kind && line.To == party)];
        return new InvoiceLine(
            new Energy(paid.Sum(line => line.Quantity.WattHours)),
            new Money(paid.Sum(line => line.Amount.Micros)),
            new Energy(received.Sum(line => line.Quantity.WattHours)),
            new Money(received.Sum(line => line.Amount.Micros)));
    }

    private static Reply Boundaries(TestCommunity community, params string[] times)
    {
        var call = new SetInvoiceBoundaries();
        call.AtMs.AddRange(times.Select(time => TestCommunity.Time(time).UnixMilliseconds));
        return community.Manager.Calls("market", "set-invoice-boundaries", call);
    }
}
