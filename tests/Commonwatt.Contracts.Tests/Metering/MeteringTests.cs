using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Tests.Communities;
using Commonwatt.Contracts.Wire;
using Google.Protobuf;

namespace Commonwatt.Contracts.Tests.Metering;

public sealed class MeteringTests
{
    [Fact]
    public void The_meter_and_its_gateway_report_and_nobody_else()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.At("14:05").Member("ben");
        ben.Calls("metering", "submit", ben.Reading(import: 1)).Refused("not-the-meter");
        community.Manager.Calls("metering", "submit", ben.Reading(import: 1)).Refused("not-the-meter");
        community.Member("anna").Meter.Calls("metering", "submit", ben.Reading(import: 1)).Refused("not-the-meter");
        Reply reply = ben.Meter.Calls("metering", "submit", ben.Reading(import: 1));
        Assert.Equal(
            new ReadingReported(ben.Id, community.Delivery, new Energy(1000), Energy.Zero, IsLate: false),
            reply.The<ReadingReported>());
        community.Member("anna").Reports(import: 0.5m, export: 2).Accepted();
        Assert.Equal(new Energy(-1500), NetOf(community, "anna"));
    }

    [Fact]
    public void A_reading_counts_once()
    {
        using TestCommunity community = TestCommunity.Trading();
        Member ben = community.At("14:05").Member("ben");
        ben.Reports(1).Accepted();
        ben.Reports(2).Refused(
            "already-reported",
            "This meter has reported the period 2024-06-01T13:00:00Z/2024-06-01T14:00:00Z already: a reading counts once.");
        Assert.Equal(new Energy(1000), NetOf(community, "ben"));
    }

    [Fact]
    public void A_period_is_reported_from_its_end_on()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At(TestCommunity.Time("14:00") - TimeSpan.FromMilliseconds(1)).Member("ben").Reports(1).Refused("too-early");
        community.At("14:00").Member("ben").Reports(1).Accepted();
    }

    [Theory]
    [InlineData(20, 10, true)]
    [InlineData(20.001, 0, false)]
    [InlineData(0, 20.001, false)]
    [InlineData(-0.001, 0, false)]
    [InlineData(0, -0.001, false)]
    public void A_reading_is_at_least_nothing_and_at_most_what_the_connection_carries(double import, double export, bool isPlausible)
    {
        using TestCommunity community = TestCommunity.Trading();
        Reply reply = community.At("14:05").Member("anna").Reports((decimal)import, (decimal)export);
        Assert.Equal(isPlausible ? "" : "impossible-reading", reply.Outcome.Code);
    }

    [Fact]
    public void Who_has_no_asset_gives_nothing_to_the_grid()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("14:05").Member("ben").Reports(1, export: 0.001m).Refused(
            "impossible-reading", "Who has no registered asset gives nothing to the grid: 0.001 kWh out is given.");
    }

    [Fact]
    public void One_bad_reading_in_a_batch_is_told_of_and_the_others_count()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("14:05");
        SubmitReadings batch = community.Member("anna").Reading(import: 1);
        batch.Readings.Add(community.Member("ben").Reading(import: 99).Readings);
        batch.Readings.Add(community.Member("ben").Reading(import: 1, delivery: new Instant(long.MaxValue)).Readings);
        batch.Readings.Add(community.Member("dora").Reading(import: 2).Readings);
        Reply reply = community.Gateway.Calls("metering", "submit", batch).Accepted();
        Assert.Equal(["metering.reported", "metering.refused", "metering.refused", "metering.reported"], reply.Events.Select(one => one.Name));
        ReadingRefused refused = reply.Events[1].As<ReadingRefused>();
        Assert.Equal((community.Member("ben").Meter.Address, community.Delivery, "impossible-reading"), (refused.Meter, refused.Delivery, refused.Code));
        Assert.Equal((new Energy(1000), null, new Energy(2000)), (NetOf(community, "anna"), NetOf(community, "ben"), NetOf(community, "dora")));
    }

    [Fact]
    public void A_batch_with_bytes_that_are_no_address_is_refused_whole()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("14:05");
        SubmitReadings batch = community.Member("anna").Reading(import: 1);
        batch.Readings.Add(community.Member("ben").Reading(import: 1).Readings);
        batch.Readings[1].Meter = ByteString.CopyFrom(1);
        community.Gateway.Calls("metering", "submit", batch).Refused("malformed-arguments");
        Assert.Null(NetOf(community, "anna"));
    }

    [Fact]
    public void After_settlement_only_a_missing_reading_is_taken_and_once()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("14:05").Member("anna").Reports(1).Accepted();
        community.At("14:30").Member("anna").Reports(2).Refused("too-late");
        Assert.True(community.Member("ben").Reports(2).The<ReadingReported>().IsLate);
        community.Member("ben").Reports(3).Refused("already-reported");
    }

    [Fact]
    public void Readings_are_kept_as_long_as_an_estimate_may_need_them()
    {
        using TestCommunity community = TestCommunity.Trading();
        community.At("14:05").Member("ben").Reports(1).Accepted();
        community.At("14:30", day: 7);
        Assert.Equal(new Energy(1000), NetOf(community, "ben"));
        community.At("12:00", day: 11);
        Assert.Null(NetOf(community, "ben"));
        community.EveryScheduledCallWasDone();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public void Each_period_about_midnight_keeps_its_own_reading(int minutes)
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.PeriodMinutes = (uint)minutes);
        Instant midnight = TestCommunity.Time("00:00", day: 1);
        Instant[] deliveries = [.. Enumerable.Range(-2, 4).Select(index => midnight + TimeSpan.FromMinutes(index * minutes))];
        for (int index = 0; index < deliveries.Length; index++)
        {
            community.For(deliveries[index]).At(deliveries[index] + TimeSpan.FromMinutes(minutes)).Member("ben").Reports(0.1m * (index + 1)).Accepted();
        }

        community.At("04:00", day: 1);
        Assert.Equal(
            deliveries.Select((delivery, index) => (delivery, 100L * (index + 1), false)),
            community.All<PeriodSettled>().Where(settled => deliveries.Contains(settled.Delivery)).Select(settled => (settled.Delivery, settled.Metered[1].Net.WattHours, settled.Metered[1].Estimated)));
    }

    [Fact]
    public void Every_reading_of_a_batch_as_large_as_a_transaction_counts()
    {
        using TestCommunity community = TestCommunity.Trading(rules => rules.PeriodMinutes = 5);
        community.Manager.Calls("market", "stop", new StopMarket()).Accepted();
        community.At("13:00", day: 2);
        var batch = new SubmitReadings();
        for (int index = 0; index < 576; index++)
        {
            batch.Readings.Add(community.Member("ben").Reading(import: 0.1m, delivery: TestCommunity.Time("12:00") + TimeSpan.FromMinutes(5 * index)).Readings);
        }

        Assert.Equal(576, community.Gateway.Calls("metering", "submit", batch).Accepted().Events.Count(one => one.Is<ReadingReported>()));
    }

    [Fact]
    public void The_commitment_depends_on_the_salt_and_the_reading()
    {
        byte[] salt = new byte[ReadingCommitment.SaltSize];
        Ledger.Encoding.Hash one = ReadingCommitment.Of(salt, "1.5"u8);
        Assert.Equal(one, ReadingCommitment.Of(salt, "1.5"u8));
        Assert.NotEqual(one, ReadingCommitment.Of(salt, "1.6"u8));
        salt[31] = 1;
        Assert.NotEqual(one, ReadingCommitment.Of(salt, "1.5"u8));
        Assert.Throws<ArgumentException>(() => ReadingCommitment.Of(salt.AsSpan(1), "1.5"u8));
    }

    private static Energy? NetOf(TestCommunity community, string name)
    {
        TimeSpan length = community.Rules.Governance.ParametersAt(community.State, community.Delivery)!.PeriodLength;
        return community.Rules.Metering.NetOf(community.State, new DeliveryPeriod(community.Delivery, length), community.Member(name).Id);
    }
}
