using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wallet;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;
using Commonwatt.Markets.Settlement;

namespace Commonwatt.Contracts.Tests.Market;

public sealed class CorrectionTests
{
    [Theory]
    [InlineData("pay-as-clear", Imbalance.Pooled)]
    [InlineData("pay-as-clear", Imbalance.Utility)]
    [InlineData("pay-as-bid", Imbalance.Pooled)]
    [InlineData("sharing-key", Imbalance.Pooled)]
    [InlineData("nearest-neighbour", Imbalance.Utility)]
    public void A_late_reading_and_its_correction_lead_to_the_balances_of_a_reading_in_time(string mechanism, Imbalance imbalance)
    {
        using TestCommunity inTime = Delivered(mechanism, imbalance);
        MechanismTests.Report(inTime, anna: -3, ben: 5, carl: -1.5m, dora: 2);
        inTime.At("14:30");

        using TestCommunity late = Delivered(mechanism, imbalance);
        MechanismTests.Report(late, anna: null, ben: 5, carl: -1.5m, dora: null);
        late.At("14:30");
        Assert.NotEqual(Balances(inTime), Balances(late));
        Corrects(late, "anna", import: 0, export: 3).Accepted();
        late.At("14:30", day: 2);
        Corrects(late, "dora", import: 2, export: 0).Accepted();

        Assert.Equal(Balances(inTime), Balances(late));
        Assert.Equal(2, late.All<PeriodCorrected>().Count);
        Assert.All(late.All<PeriodCorrected>(), corrected => Assert.All(corrected.Lines, line => Assert.True(line.Correction)));
        late.EveryScheduledCallWasDone();
        late.ReplaysAlike();
    }

    [Fact]
    public void A_correction_books_differences_and_overwrites_nothing()
    {
        using TestCommunity community = Delivered("pay-as-clear", Imbalance.Utility);
        MechanismTests.Report(community, anna: -4, ben: null, carl: 0, dora: 0);
        community.At("14:30");
        Assert.Contains(community.All<PeriodSettled>()[0].Metered, one => one is { Estimated: true, Net.WattHours: 4000 });
        Reply reply = Corrects(community, "ben", import: 5, export: 0).Accepted();
        Assert.True(reply.The<ReadingReported>().IsLate);
        PeriodCorrected corrected = reply.The<PeriodCorrected>();
        Assert.Equal([new MeteredEnergy(community.Member("ben").Id, new Energy(5000))], corrected.Metered);
        SettlementLine line = Assert.Single(corrected.Lines);
        Assert.Equal((SettlementLineKind.UtilityImport, new Energy(1000), new Money(200_000)), (line.Kind, line.Quantity, line.Amount));
        Assert.Equal("99.280000", community.Member("ben").Balance);
    }

    [Fact]
    public void A_late_reading_without_its_correction_changes_no_money()
    {
        using TestCommunity community = Delivered("pay-as-clear", Imbalance.Pooled);
        MechanismTests.Report(community, anna: -4, ben: null, carl: 0, dora: 0);
        string before = community.At("14:30").Member("ben").Balance;
        community.Member("ben").Reports(5).Accepted();
        Assert.Equal(before, community.Member("ben").Balance);
        community.Member("dora").Calls("market", "correct", Period(community)).Accepted();
        Assert.NotEqual(before, community.Member("ben").Balance);
    }

    [Fact]
    public void Where_the_estimate_was_exact_the_correction_has_no_lines()
    {
        using TestCommunity community = Delivered("pay-as-clear", Imbalance.Pooled);
        MechanismTests.Report(community, anna: -4, ben: null, carl: 0, dora: 0);
        community.At("14:30");
        Assert.Empty(Corrects(community, "ben", import: 4, export: 0).The<PeriodCorrected>().Lines);
        Corrects(community, "ben", import: 4, export: 0).Refused("too-late");
    }

    [Fact]
    public void Nothing_is_corrected_twice_or_without_a_new_reading()
    {
        using TestCommunity community = Delivered("pay-as-clear", Imbalance.Pooled);
        MechanismTests.Report(community, anna: null, ben: null, carl: 0, dora: 0);
        community.At("14:30");
        community.Manager.Calls("market", "correct", Period(community)).Refused("nothing-new", "No late reading has come in for the delivery at 2024-06-01T13:00:00Z.");
        Corrects(community, "ben", import: 5, export: 0).Accepted();
        Corrects(community, "ben", import: 5, export: 0).Refused("too-late");
        community.Manager.Calls("market", "correct", Period(community)).Refused("nothing-new");
        Corrects(community, "anna", import: 0, export: 4).Accepted();
        community.Manager.Calls("market", "correct", Period(community)).Refused("not-correctable");
    }

    [Fact]
    public void After_the_window_a_settlement_stands()
    {
        using TestCommunity community = Delivered("pay-as-clear", Imbalance.Pooled);
        community.At("13:59", day: 7);
        Member ben = community.For("13:00").Member("ben");
        Corrects(community, "ben", import: 5, export: 0).Accepted();
        community.At("14:00", day: 7);
        Corrects(community, "anna", import: 0, export: 3).Refused("too-late");
        ben.Calls("market", "correct", Period(community)).Refused(
            "not-correctable",
            "The delivery at 2024-06-01T13:00:00Z was settled without estimates, is not settled yet, or is too long ago.");
        community.EveryScheduledCallWasDone();
    }

    [Fact]
    public void A_reading_of_before_a_change_of_the_period_length_still_corrects()
    {
        using TestCommunity community = TestCommunity.Trading();
        SetParameters quarters = TestCommunity.Parameters();
        quarters.PeriodMinutes = 15;
        quarters.FromMs = TestCommunity.Time("16:00").UnixMilliseconds;
        community.Manager.Calls("governance", "set-parameters", quarters).Accepted();
        community.At("20:00", day: 1);
        Corrects(community.For("13:00"), "ben", import: 5, export: 0).Accepted();
        community.EveryScheduledCallWasDone();
    }

    private static TestCommunity Delivered(string mechanism, Imbalance imbalance)
    {
        TestCommunity community = TestCommunity.Trading(rules =>
        {
            (rules.Mechanism, rules.Imbalance) = (mechanism, imbalance);
            (rules.LocalGridFee, rules.ShortfallPenalty) = (10_000, 20_000);
        });
        community.Manager.Calls("market", "stop", new StopMarket { LastDeliveryMs = community.Delivery.UnixMilliseconds }).Accepted();
        community.At("12:10");
        if (mechanism.StartsWith("pay", StringComparison.Ordinal))
        {
            SettlementTests.SellsToBen(community);
        }

        return community.At("14:05");
    }

    // The gateway sends the late reading and asks for the correction: both or neither.
    private static Reply Corrects(TestCommunity community, string name, decimal import, decimal export) => community.Gateway.Calls(
        Call("metering", "submit", community.Member(name).Reading(import, export)),
        Call("market", "correct", Period(community)));

    private static Call Call(string contract, string method, Google.Protobuf.IMessage arguments) => TransactionBuilder.Call(contract, method, arguments);

    private static CorrectPeriod Period(TestCommunity community) => new() { DeliveryMs = community.Delivery.UnixMilliseconds };

    private static List<(Address, Money)> Balances(TestCommunity community) =>
        [.. community.Rules.Wallet.Accounts(community.State).Where(one => one.Key != CommunityAccounts.Outside).Select(one => (one.Key, one.Value.Balance)).Where(one => !one.Balance.IsZero)];
}
