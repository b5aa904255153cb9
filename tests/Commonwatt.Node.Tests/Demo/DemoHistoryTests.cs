using Commonwatt.Contracts;
using Commonwatt.Contracts.Market;
using Commonwatt.Ledger.Execution;
using Commonwatt.Ledger.Storage;
using Commonwatt.Ledger.Verification;
using Commonwatt.Node.Demo;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Node.Tests.Demo;

/// <summary>The weeks that pass before people look on.</summary>
public sealed class DemoHistoryTests
{
    private static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 21, 12, 20, 0, TimeSpan.Zero));

    [Fact]
    public void A_ledger_full_of_trades_and_an_invoice_for_everybody_is_there_when_the_demo_opens()
    {
        using var scratch = new ScratchFolder();
        Instant end = DemoHistory.EndFor(Now);
        DateOnly firstDay = DemoHistory.FirstDayBefore(DemoHistory.DayOf(end));
        var life = new StreetLife(DemoStreet.Homes(24, seed: 1), firstDay, seed: 1, scratch.File("life.json"));
        (_, SimulationResult result) = new DemoHistory(life, seed: 1).Run(scratch.File("ledger"), scratch.File("tables"), firstDay, end, progress: null, TestContext.Current.CancellationToken);

        int invoices = 0;
        int trades = 0;
        int refused = 0;
        Instant last = default;
        VerificationReport report = LedgerVerifier.Verify(new FolderDisk(scratch.File("ledger"), isReadOnly: true), "community.ledger", CommunityRules.Catalog, Environment.ProcessorCount, new Progress<double>(), block =>
        {
            last = block.Executed.Time;
            foreach (Receipt receipt in block.Executed.Receipts)
            {
                refused += receipt.Outcome.IsDone ? 0 : 1;
                invoices += receipt.Events.Count(happened => happened.Is<InvoiceIssued>());
                trades += receipt.Events.Where(happened => happened.Is<MarketCleared>()).Sum(happened => happened.As<MarketCleared>().Trades.Trades.Length);
            }
        });
        Assert.True(report.IsRight, report.Fault);
        Assert.Equal(0, refused);
        Assert.Equal(24, invoices);
        Assert.True(trades > 1_000, $"{trades} trades");
        Assert.Equal(end, last);
        EverybodyGains(result);
    }

    // Whoever looks on must not see a member who loses by taking part, nor a price that stays at either of the utility's.
    private static void EverybodyGains(SimulationResult result)
    {
        Assert.All(result.Members, member => Assert.True(member.Saved > Money.Zero, $"{member.Id} saved {member.Saved}"));
        long[] prices = [.. result.Series.LocalPrice.OfType<Price>().Select(price => price.MicrosPerKilowattHour)];
        Assert.True(prices.Length > DemoHistory.Days * 8, $"{prices.Length} hours with trades");
        Assert.True(prices.Min() > DemoStreet.FeedIn.MicrosPerKilowattHour + 10_000, $"{prices.Min()}");
        Assert.True(prices.Distinct().Count() > 100);
        long traded = 0;
        long shared = 0;
        long drawn = 0;
        for (int period = 0; period < result.Series.Count; period++)
        {
            traded += result.Series.Traded[period].WattHours;
            drawn += result.Series.MemberImport[period].WattHours;
            shared += result.Series.MemberImport[period].WattHours - result.Series.CommunityImport[period].WattHours;
        }

        Assert.True(shared > drawn / 5, $"{shared} of {drawn} Wh from neighbours");
        Assert.True(traded > shared / 2, $"{traded} Wh traded of {shared}");
    }
}
