using Commonwatt.Contracts.Wire;
using Commonwatt.Node.Community;
using Commonwatt.Node.Readings;
using static Commonwatt.Node.Tests.Readings.MeterHouse;

namespace Commonwatt.Node.Tests.Readings;

public sealed class IntakeTests : IDisposable
{
    private readonly SmallCommunity community = new();
    private readonly MeterHouse house;

    public IntakeTests()
    {
        community.At("12:00");
        house = new MeterHouse(community);
    }

    [Fact]
    public void What_was_sent_before_does_no_harm_and_what_differs_is_refused()
    {
        MeterReading reading = Reading("ben", "11:00", 1_000);
        Assert.Equal(["", ""], house.Takes(reading, reading));
        Assert.Equal([""], house.Takes(reading));
        Assert.Equal(["other-value"], house.Takes(reading with { ImportWh = 1_001 }));
        Assert.Single(house.Store.Raw(reading.Meter, SmallCommunity.Today, community.Now, most: 10));
    }

    [Fact]
    public void Each_reading_that_cannot_be_true_is_refused_with_a_sentence_and_the_others_are_taken()
    {
        house.Takes(Reading("ben", "11:00", 1_000, 50));
        IReadOnlyList<ReadingRefusal?> refusals = house.Intake.Take(
        [
            Reading("ben", "11:10", 999, 50),
            Reading("ben", "11:10", 1_000, 49),
            Reading("ben", "11:15", 1_000 + 5_500 + 101, 50),
            Reading("ben", "12:01", 1_000, 50),
            Reading("stranger", "11:30", 1_000, 50),
            Reading("ben", "11:30", 2_000, 60),
        ])!;
        Assert.Equal(
            "Registers only grow: 999 and 50 Wh at 2024-06-01T11:10:00Z are below 1000 and 50 Wh at 2024-06-01T11:00:00Z. A new meter is registered under an address of its own.",
            refusals[0]!.Sentence);
        Assert.Equal("register-went-back", refusals[1]!.Code);
        Assert.StartsWith("A connection of 20.000 kW carries at most 5600 Wh between", refusals[2]!.Sentence, StringComparison.Ordinal);
        Assert.Equal("It is 2024-06-01T12:00:00Z: a reading of 2024-06-01T12:01:00Z cannot be. Set the meter's clock.", refusals[3]!.Sentence);
        Assert.Equal("unknown-meter", refusals[4]!.Code);
        Assert.Null(refusals[5]);
    }

    [Fact]
    public void A_reading_that_comes_late_stands_between_those_around_it()
    {
        house.Takes(Reading("ben", "10:00", 1_000), Reading("ben", "11:00", 2_000));
        Assert.Equal(["register-went-back", "register-went-back", ""], house.Takes(Reading("ben", "10:20", 999), Reading("ben", "10:30", 2_001), Reading("ben", "10:40", 1_500)));
        Assert.Equal([1_000, 1_500, 2_000], house.Store.Raw(SmallCommunity.AddressOf("ben-meter"), SmallCommunity.Today, community.Now, most: 10).Select(one => one.ImportWh));
    }

    [Fact]
    public void Registers_at_the_boundary_are_read_exactly_or_on_a_straight_line_over_a_small_gap_and_never_over_a_large_one()
    {
        house.Takes(Reading("ben", "08:00", 1_000));
        Assert.Equal(["", ""], house.Takes(Reading("ben", "08:55", 1_900), Reading("ben", "09:05", 2_001)));
        Assert.Equal([950], Net("ben"));

        // 20 minutes around 10:00: nobody knows what was before and what after.
        house.Takes(Reading("ben", "09:50", 3_000), Reading("ben", "10:10", 3_500), Reading("ben", "11:00", 4_000));
        Assert.Equal([950], Net("ben"));

        // The missing one comes late.
        house.Takes(Reading("ben", "10:00", 3_100));
        Assert.Equal([950, 1_150, 900], Net("ben"));
    }

    [Fact]
    public void Devices_say_what_was_used_made_and_stored()
    {
        house.Takes(
            Reading("anna", SmallCommunity.Time("09:00"), 1_000, 500, 0, new DeviceReading("roof", "pv", -3_000, 7_000, null), new DeviceReading("cellar", "battery", 500, 100, 900)),
            Reading("anna", SmallCommunity.Time("10:00"), 1_100, 2_500, -2_000, new DeviceReading("roof", "pv", -3_000, 10_000, null), new DeviceReading("cellar", "battery", 500, 150, 1_400)));
        EnergySlice period = Assert.Single(house.Source.SeriesOf(community.IdOf("anna").Value, SmallCommunity.Today, community.Now, TimeSpan.FromHours(1)));
        Assert.Equal(new Energy(100 - 2_000 + 3_000 + 50 - 500), period.Consumption);
        Assert.Equal((new Energy(3_000), new Energy(500), new Energy(50)), (period.Pv!.Value, period.Charged!.Value, period.Discharged!.Value));
        LivePower now = house.Source.LatestOf(community.IdOf("anna").Value)!;
        Assert.Equal((new Power(0), new Power(2_000), new Power(3_000), new Power(500)), (now.Import, now.Export, now.Pv!.Value, now.Battery!.Value));
        Assert.Null(now.Vehicle);
    }

    [Fact]
    public void Where_something_unmeasured_may_stand_behind_the_meter_what_was_used_is_not_known()
    {
        house.Takes(Reading("anna", "09:00", 1_000), Reading("anna", "10:00", 1_100), Reading("ben", "09:00", 1_000), Reading("ben", "10:00", 1_100));
        Assert.Null(Assert.Single(house.Source.SeriesOf(community.IdOf("anna").Value, SmallCommunity.Today, community.Now, TimeSpan.FromHours(1))).Consumption);
        Assert.Equal(new Energy(100), Assert.Single(house.Source.SeriesOf(community.IdOf("ben").Value, SmallCommunity.Today, community.Now, TimeSpan.FromHours(1))).Consumption);
    }

    [Fact]
    public void A_meter_is_known_by_how_often_it_reports_also_after_a_restart()
    {
        house.Takes([.. Enumerable.Range(0, 30).Select(minute => Reading("ben", SmallCommunity.Time("11:00") + TimeSpan.FromMinutes(minute), 1_000 + minute))]);
        IReadOnlyList<MeterState> meters = new MeterHouse(community).Source.StateOfMeters();
        Assert.Equal(
            [
                new MeterState(SmallCommunity.AddressOf("anna-meter").ToString(), community.IdOf("anna").Value, LastReadingAt: null, Interval: null),
                new MeterState(SmallCommunity.AddressOf("ben-meter").ToString(), community.IdOf("ben").Value, SmallCommunity.Time("11:29"), TimeSpan.FromMinutes(1)),
            ],
            meters);
    }

    [Fact]
    public void After_a_restart_the_newest_reading_is_still_what_the_next_one_is_checked_against()
    {
        house.Takes(Reading("ben", "11:00", 1_000));
        Assert.Equal(["register-went-back"], new MeterHouse(community).Takes(Reading("ben", "11:30", 999)));
    }

    [Fact]
    public void Erased_readings_are_gone_and_nobody_elses()
    {
        house.Takes(Reading("anna", "09:00", 1_000), Reading("anna", "10:00", 1_100), Reading("ben", "09:00", 1_000), Reading("ben", "10:00", 1_100));
        house.Intake.Erase(community.IdOf("ben").Value);
        Assert.Empty(house.Store.Raw(SmallCommunity.AddressOf("ben-meter"), SmallCommunity.Today, community.Now, most: 10));
        Assert.Empty(house.Source.SeriesOf(community.IdOf("ben").Value, SmallCommunity.Today, community.Now, TimeSpan.FromHours(1)));
        Assert.Null(house.Source.LatestOf(community.IdOf("ben").Value));
        Assert.DoesNotContain(new GatewayStore(community.Database).Waiting(PeriodProgress.Ready, community.Now, 10), period => period.Member == community.IdOf("ben").Value);
        Assert.Equal(2, house.Store.Raw(SmallCommunity.AddressOf("anna-meter"), SmallCommunity.Today, community.Now, most: 10).Count);
        Assert.Equal([""], house.Takes(Reading("ben", "09:00", 5)));
    }

    [Fact]
    public void A_meter_that_changed_hands_shows_its_new_owner_nothing_of_before()
    {
        house.Takes(Reading("ben", "09:00", 1_000), Reading("ben", "10:00", 1_100));
        community.Must("registry", "register-meter", new RegisterMeter { Member = SmallCommunity.Bytes("ben"), Meter = SmallCommunity.Bytes("another"), Gateway = SmallCommunity.Bytes("gateway") });
        community.Must("registry", "register-meter", new RegisterMeter { Member = SmallCommunity.Bytes("anna"), Meter = SmallCommunity.Bytes("ben-meter"), Gateway = SmallCommunity.Bytes("gateway") });
        Assert.Null(house.Source.LatestOf(community.IdOf("anna").Value));
        house.Takes(Reading("ben", "11:00", 1_200));
        Assert.Single(house.Source.SeriesOf(community.IdOf("anna").Value, SmallCommunity.Today, community.Now, TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData(null, "2024-06-01T11:00:00Z", 1L, "wrong-meter")]
    [InlineData("cw00", "2024-06-01T11:00:00Z", 1L, "wrong-meter")]
    [InlineData("ben", "2024-06-01T11:00:00", 1L, "wrong-time")]
    [InlineData("ben", "1960-06-01T11:00:00Z", 1L, "wrong-time")]
    [InlineData("ben", "2024-06-01T11:00:00Z", null, "wrong-register")]
    [InlineData("ben", "2024-06-01T11:00:00Z", -1L, "wrong-register")]
    [InlineData("ben", "2024-06-01T11:00:00Z", long.MaxValue, "wrong-register")]
    public void What_cannot_be_read_says_so(string? meter, string at, long? register, string code)
    {
        string? address = meter == "ben" ? SmallCommunity.AddressOf("ben-meter").ToString() : meter;
        Assert.Equal(code, new ReadingJson(address, at, register, 0, null, null).Read().Refusal!.Code);
        Assert.Null(new ReadingJson(SmallCommunity.AddressOf("ben-meter").ToString(), "2024-06-01T11:00:00Z", 1, 0, null, null).Read().Refusal);
    }

    public void Dispose() => community.Dispose();

    private IEnumerable<long> Net(string who) => new GatewayStore(community.Database)
        .Waiting(PeriodProgress.Ready, community.Now, 100)
        .Where(period => period.Meter == SmallCommunity.AddressOf($"{who}-meter"))
        .OrderBy(period => period.Period.Start)
        .Select(period => period.Energy.Import - period.Energy.Export);
}
