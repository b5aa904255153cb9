using Commonwatt.Contracts.Market;
using Commonwatt.Contracts.Metering;
using Commonwatt.Contracts.Wire;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Node.Readings;
using Commonwatt.Node.Tests.Databases;
using static Commonwatt.Node.Tests.Readings.MeterHouse;

namespace Commonwatt.Node.Tests.Readings;

public sealed class GatewayTests : IDisposable
{
    private readonly SmallCommunity community = new();
    private readonly MeterHouse house;

    public GatewayTests()
    {
        community.At("14:01");
        house = new MeterHouse(community);
    }

    [Fact]
    public async Task What_was_measured_is_reported_once_when_the_period_is_over()
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("anna", "13:00", 0, 0), Reading("ben", "14:00", 3_500), Reading("anna", "14:00", 100, 2_100));
        await house.Turns();
        await house.Turns();
        Assert.Single(community.Sent);
        Assert.Equal(
            [("anna", 100, 2_000 + 100, false), ("ben", 2_500, 0, false)],
            community.All<ReadingReported>().Select(one => (one.Member == community.IdOf("anna") ? "anna" : "ben", (int)one.Import.WattHours, (int)one.Export.WattHours, one.IsLate)).Order());
        community.At("14:30");
        Assert.All(Assert.Single(community.All<PeriodSettled>()).Metered, metered => Assert.False(metered.Estimated));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Both_kinds_of_database_keep_readings_alike(string kind)
    {
        using var other = new SmallCommunity(kind: kind);
        other.At("14:01");
        var meters = new MeterHouse(other);
        meters.Takes(Reading("ben", SmallCommunity.Time("12:55"), 900, 0, 600, new DeviceReading("home", "load", 600, null, 70)));
        Assert.Equal(["", "other-value"], meters.Takes(Reading("ben", "13:05", 1_000), Reading("ben", "13:05", 1_001)));
        Assert.Equal(["", ""], new MeterHouse(other).Takes(Reading("ben", "13:00", 940), Reading("ben", "14:00", 3_500)));
        other.Reception = Reception.Unanswered;
        await new MeterHouse(other).Turns();
        other.Reception = Reception.Answered;
        await new MeterHouse(other).Turns();
        Assert.Equal(new Energy(2_550), Assert.Single(other.All<ReadingReported>()).Import);
        Assert.Single(other.Sent.Select(transaction => transaction.Id).Distinct());
        Assert.Equal([new Energy(2_550)], new MeterHouse(other).Source.SeriesOf(other.IdOf("ben").Value, SmallCommunity.Today, other.Now, TimeSpan.FromHours(1)).Select(slice => slice.Import));
        new MeterHouse(other).Intake.Erase(other.IdOf("ben").Value);
        Assert.Empty(meters.Store.Raw(SmallCommunity.AddressOf("ben-meter"), SmallCommunity.Today, other.Now, most: 10));
    }

    [Fact]
    public async Task A_node_that_takes_nothing_in_is_not_asked_again_without_a_pause()
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500));
        community.Reception = Reception.TurnedAway;
        Assert.True(await Turns());
        Assert.False(await Turns());
        community.Reception = Reception.Answered;
        Assert.True(await Turns());
        Assert.Single(community.Sent.Select(transaction => transaction.Id).Distinct());
        Assert.Single(community.All<ReadingReported>());

        Task<bool> Turns() => house.Gateway.TurnAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_reported_before_its_period_is_over()
    {
        house.Takes(Reading("ben", "12:00", 1_000), Reading("ben", "13:00", 1_100));
        community.At("13:00");
        await house.Turns();
        Assert.Single(community.All<ReadingReported>());
        house.Takes(Reading("ben", "13:30", 1_200));
        await house.Turns();
        Assert.Single(community.All<ReadingReported>());
    }

    [Fact]
    public async Task The_commitment_is_to_the_raw_registers_and_their_salt_which_stay_here()
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500));
        MeasuredPeriodRow kept = Assert.Single(new GatewayStore(community.Database).Waiting(PeriodProgress.Ready, community.Now, 10));
        await house.Turns();
        Reading reported = Assert.Single(SubmitReadings.Parser.ParseFrom(community.Sent[0].Calls[0].Arguments).Readings);
        Assert.Equal(ReadingCommitment.Of(kept.Salt, System.Text.Encoding.UTF8.GetBytes(kept.Raw)).ToArray(), reported.Commitment.ToByteArray());
        Assert.Equal($"{SmallCommunity.AddressOf("ben-meter")} 2024-06-01T13:00:00Z/2024-06-01T14:00:00Z 1000 3500 0 0", kept.Raw);
    }

    [Theory]
    [InlineData(Reception.Unanswered)]
    [InlineData(Reception.Lost)]
    public async Task Who_is_stopped_before_the_answer_sends_the_same_bytes_again_and_no_others(object reception)
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500));
        community.Reception = (Reception)reception;
        await house.Turns();
        community.Reception = Reception.Answered;

        var again = new MeterHouse(community);
        await again.Turns();
        await again.Turns();

        Assert.Single(community.Sent.Select(transaction => transaction.Id).Distinct());
        Assert.Single(community.All<ReadingReported>());
        Assert.Empty(new GatewayStore(community.Database).Outbox());
    }

    [Fact]
    public async Task What_the_ledger_has_from_somewhere_else_is_not_reported_again()
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500));
        Assert.True(community.Calls("ben-meter", "metering", "submit", new SubmitReadings
        {
            Readings = { new Reading { Meter = SmallCommunity.Bytes("ben-meter"), DeliveryMs = SmallCommunity.Time("13:00").UnixMilliseconds, ImportWh = 5, Commitment = Google.Protobuf.ByteString.CopyFrom(new byte[Hash.Size]) } },
        }).IsDone);
        await house.Turns();
        Assert.Empty(community.Sent);
    }

    [Fact]
    public async Task A_late_reading_is_reported_and_the_period_is_settled_anew()
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("anna", "13:00", 0), Reading("anna", "14:00", 0));
        await house.Turns();
        community.At("15:05");
        house.Takes(Reading("ben", "14:00", 3_500));
        for (int turn = 0; turn < 4; turn++)
        {
            await house.Turns();
        }

        Assert.Equal(new Energy(2_500), Assert.Single(Assert.Single(community.All<PeriodCorrected>()).Metered).Net);
        Assert.Equal(3, community.Sent.Count);
        Assert.Empty(new GatewayStore(community.Database).Waiting(PeriodProgress.ToCorrect, community.Now + TimeSpan.FromDays(1), 10));
    }

    [Fact]
    public async Task What_the_ledger_would_never_take_is_not_sent()
    {
        // Ben has nothing registered that gives energy.
        house.Takes(Reading("ben", "13:00", 1_000, 0), Reading("ben", "14:00", 1_000, 800));
        await house.Turns();
        Assert.Empty(community.Sent);
        Assert.Equal("impossible-reading", new GatewayStore(community.Database).Waiting(PeriodProgress.NotTaken, community.Now, 1).Count == 1 ? "impossible-reading" : "");
    }

    [Fact]
    public async Task Other_gateways_meters_are_left_to_them()
    {
        community.Must("registry", "register-meter", new RegisterMeter { Member = SmallCommunity.Bytes("ben"), Meter = SmallCommunity.Bytes("ben-meter"), Gateway = SmallCommunity.Bytes("another") });
        house.Takes(Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500));
        await house.Turns();
        Assert.Empty(community.Sent);
    }

    [Fact]
    public async Task A_transaction_that_expired_without_a_block_is_made_anew()
    {
        house.Takes(Reading("ben", "13:00", 1_000), Reading("ben", "14:00", 3_500));
        community.Reception = Reception.Lost;
        await house.Turns();
        community.Reception = Reception.Answered;
        community.At("09:00", day: 1);
        for (int turn = 0; turn < 6; turn++)
        {
            await house.Turns();
            community.At($"09:0{turn + 1}", day: 1);
        }

        Assert.Equal(new Energy(2_500), Assert.Single(community.All<ReadingReported>()).Import);
    }

    public void Dispose() => community.Dispose();
}
