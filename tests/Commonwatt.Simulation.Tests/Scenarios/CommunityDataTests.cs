using System.Text;
using Commonwatt.Agents;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Series;
using Commonwatt.Simulation.Tests.Series;

namespace Commonwatt.Simulation.Tests.Scenarios;

public class CommunityDataTests
{
    private const string Series = "{ \"file\": \"homes.csv\", \"meter\": \"h01\", \"column\": \"load_kwh\" }";
    private const string Member = "[{ \"id\": \"a\", \"load\": " + Series + " }]";

    [Fact]
    public void A_reading_that_is_missing_odd_or_outside_is_flagged_and_listed_with_its_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", Hours(("01:00", "0.5"), ("02:00", "-0.1"), ("03:00", "200"), ("05:00", "0"), ("05:00", "7")));
        CommunityData data = Prepare(folder, ("members", Member), ("period", "\"PT1H\""), ("days", "1"), ("timeZone", "\"UTC\"")).Required();
        MemberData member = Assert.Single(data.Members);
        SeriesProblems found = Assert.Single(data.Problems.Series);

        Assert.Equal([0, 500, -100, 200_000, 0, 0, 0], member.Net[..7]);
        Assert.Equal(
            [ReadingState.Missing, ReadingState.Measured, ReadingState.Odd, ReadingState.Odd, ReadingState.Missing, ReadingState.Measured, ReadingState.Missing],
            member.States[..7]);
        Assert.Equal(new ProblemExample(3, "2024-06-01T02:00:00Z", -0.1), Assert.Single(found.Negative.First));
        Assert.Equal(new ProblemExample(4, "2024-06-01T03:00:00Z", 200), Assert.Single(found.Absurd.First));
        Assert.Equal(new ProblemExample(null, "2024-06-01T04:00:00Z", null), Assert.Single(found.Missing.First));
        Assert.Equal(new ProblemExample(6, "2024-06-01T05:00:00Z", 7), Assert.Single(found.Duplicates.First));
        Assert.Equal(19, found.Outside.Count);
        Assert.Equal(4, found.Readings);
        Assert.Equal(1, found.Zero);
        Assert.Equal("the measured net value is submitted and the ledger refuses what cannot be", found.Negative.Rule);
    }

    [Theory]
    [InlineData("load_kwh", 1500)]
    [InlineData("load_wh", 1)]
    [InlineData("load_kw", 750)]
    [InlineData("load_w", 0)]
    public void The_unit_is_told_by_the_columns_name(string column, int wattHours)
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", $"timestamp,meter,{column}\n2024-06-01T00:00:00Z,h01,1.5\n2024-06-01T00:30:00Z,h01,0\n");
        CommunityData data = Prepare(folder, ("members", Member.Replace("load_kwh", column, StringComparison.Ordinal)), ("period", "\"PT30M\""), ("timeZone", "\"UTC\"")).Required();

        Assert.InRange(data.Members[0].Load[0], wattHours, wattHours + 1);
    }

    [Fact]
    public void A_series_without_meters_needs_no_meter()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", "timestamp,load_kwh\n2024-06-01T00:00:00Z,1.5\n");

        CommunityData data = Prepare(folder, ("members", "[{ \"id\": \"a\", \"load\": { \"file\": \"homes.csv\" } }]"), ("timeZone", "\"UTC\"")).Required();

        Assert.Equal([375, 375, 375, 375], data.Members[0].Load[..4]);
        Assert.Equal("split evenly", data.Problems.Series[0].Resampling);
    }

    [Fact]
    public void Bands_follow_the_local_clock_through_its_changes()
    {
        string bands = "{ \"retail\": [{ \"from\": \"08:00\", \"to\": \"22:00\", \"price\": 0.24 }, { \"from\": \"22:00\", \"to\": \"08:00\", \"price\": 0.15 }], \"feedIn\": 0.05 }";
        CommunityData data = CommunityData.Prepare(GoodScenario.Read(("tariffs", bands), ("start", "\"2024-10-27\""), ("days", "1"), ("period", "\"PT1H\""))).Required();

        Assert.Equal(25, data.Retail.Length);
        Assert.Equal(14, data.Retail.Count(price => price == new Price(240_000)));
        Assert.All(Enumerable.Range(0, 25), period => Assert.Equal(data.Grid.LocalMinuteOf(period) is >= 8 * 60 and < 22 * 60, data.Retail[period] == new Price(240_000)));
    }

    [Fact]
    public void Prices_finer_than_the_period_are_averaged_and_a_missing_one_is_the_one_before()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prices.csv", "timestamp,price\n2024-06-01T01:00:00Z,0.1\n2024-06-01T01:30:00Z,0.3\n2024-06-01T02:00:00Z,0.4\n2024-06-01T02:30:00Z,0.4\n");
        CommunityData data = Prepare(folder, ("tariffs", "{ \"retail\": { \"file\": \"prices.csv\", \"column\": \"price\" }, \"feedIn\": 0 }"), ("period", "\"PT1H\""), ("days", "1"), ("timeZone", "\"UTC\""), ("location", "{ \"latitude\": 38.7, \"longitude\": -9.1 }")).Required();

        Assert.Equal([new Price(200_000), new Price(200_000), new Price(400_000), new Price(400_000)], data.Retail[..4]);
        Assert.Equal("averaged", data.Problems.Series[0].Resampling);
        Assert.Equal("tariffs.retail", data.Problems.Series[0].Of);
    }

    [Fact]
    public void A_battery_moves_sunshine_into_the_evening()
    {
        const string Home = "\"load\": { \"household\": 3200 }, \"pv\": { \"kWp\": 4 }";
        CommunityData without = CommunityData.Prepare(GoodScenario.Read(("members", $"[{{ \"id\": \"a\", {Home} }}]"))).Required();
        CommunityData with = CommunityData.Prepare(GoodScenario.Read(("members", $"[{{ \"id\": \"a\", {Home}, \"battery\": {{ \"kWh\": 5, \"kW\": 2.5 }} }}]"))).Required();

        Assert.Equal(without.Members[0].Load, with.Members[0].Load);
        Assert.Equal(without.Members[0].Generation, with.Members[0].Generation);
        Assert.True(Import(with) < 0.7 * Import(without));
        Assert.True(with.Members[0].Net.Sum() > without.Members[0].Net.Sum());
        static long Import(CommunityData data) => data.Members[0].Net.Sum(net => (long)int.Max(0, net));
    }

    [Fact]
    public void Members_made_of_a_file_get_generation_and_batteries_by_lot()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(1, 10).Select(home => $"2024-06-01T00:00:00Z,m{home:00},1\n"));
        folder.Write("homes.csv", "timestamp,meter,load_kwh\n" + rows);
        const string From = "{ \"file\": \"homes.csv\", \"exclude\": [\"m03\", \"m04\"], \"pv\": { \"kWp\": 4, \"share\": 0.5 }, \"battery\": { \"kWh\": 5, \"kW\": 2, \"share\": 0.25 } }";
        CommunityData data = Prepare(folder, ("members", "[]"), ("membersFrom", From)).Required();

        Assert.Equal(["m01", "m02", "m05", "m06", "m07", "m08", "m09", "m10"], data.Members.Select(member => member.Id));
        Assert.Equal(4, data.Members.Count(member => member.Rules.Pv is not null));
        Assert.Equal(2, data.Members.Count(member => member.Rules.Battery is not null && member.Rules.Pv is not null));
    }

    [Fact]
    public void A_member_sees_no_further_than_what_has_been_read()
    {
        MemberData member = CommunityData.Prepare(GoodScenario.Read(("days", "14"))).Required().Members[0];

        Assert.Equal(new Energy(member.Net[3]), member.Expect(period: 675, known: 670));
        Assert.Throws<ArgumentOutOfRangeException>(() => member.Expect(period: 0, known: member.Net.Length + 1));
    }

    [Fact]
    public void Neighbours_without_a_distance_live_along_a_street()
    {
        CommunityData data = CommunityData.Prepare(MadeUpNeighbourhood.Create(3, 1, TimeSpan.FromHours(1)) with
        {
            Market = new MarketRules { Distances = [new MemberDistance("h1", "h3", 5)] },
        }).Required();

        Assert.Equal(20, data.Distance(0, 1));
        Assert.Equal(5, data.Distance(2, 0));
        Assert.Equal(0, data.Distance(1, 1));
    }

    /// <summary>The text of homes.csv, the members, and the sentence that the user reads.</summary>
    public static TheoryData<string, string, string> WrongData { get; } = new()
    {
        { "timestamp,meter,load_kwh\n2024-06-01T00:00:00Z,h02,1\n", Member, "members[0].load.meter: there is no meter 'h01' in homes.csv; did you mean 'h02'?" },
        { "timestamp,meter,load_kwh\n2024-06-01T00:00:00Z,north wing,1\n", Member, "members[0].load.meter: there is no meter 'h01' in homes.csv; its meters are 'north wing'." },
        { "timestamp,meter,load_kwh\n2023-06-01T00:00:00Z,h01,1\n", Member, "members[0]: nothing of 'h01' in homes.csv lies in the time of the scenario, 2024-05-31T23:00:00Z to 2024-06-07T23:00:00Z; the file has 2023-06-01T00:00:00Z to 2023-06-01T01:00:00Z: change 'start' or 'days'." },
        { "timestamp,meter,load\n2024-06-01T00:00:00Z,h01,1\n", Member.Replace("load_kwh", "load", StringComparison.Ordinal), "members[0].load.column: 'load' does not say its unit; the name must end in _kwh or _wh (energy of the interval) or _kw or _w (mean power)." },
        { "timestamp,meter,load_kwh\n2024-06-01T00:00:00Z,h01,1\n2024-06-01T00:00:00Z,h02,1\n", "[{ \"id\": \"a\", \"load\": { \"file\": \"homes.csv\" } }]", "members[0].load.meter: is missing, and homes.csv has 2 meters; name one of 'h01', 'h02'." },
    };

    [Theory]
    [MemberData(nameof(WrongData))]
    public void Data_that_do_not_fit_the_scenario_are_refused(string text, string members, string sentence)
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", text);

        Assert.Equal(sentence, string.Join('\n', Prepare(folder, ("members", members)).Problems));
    }

    [Fact]
    public void What_is_wrong_with_several_files_is_told_at_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("homes.csv", "");
        ScenarioResult<CommunityData> result = Prepare(folder, ("members", Member), ("tariffs", "{ \"retail\": { \"file\": \"prices.csv\", \"column\": \"price\" }, \"feedIn\": 0 }"));

        Assert.Equal(["prices.csv", "homes.csv"], result.Problems.Select(problem => problem.Place));
    }

    [Fact]
    public void A_zone_without_a_place_needs_a_location_for_sunshine()
    {
        Assert.Equal(
            "location: is missing, and the time zone 'UTC' has no place of its own; give { \"latitude\": 38.7, \"longitude\": -9.1 }.",
            string.Join('\n', CommunityData.Prepare(GoodScenario.Read(("timeZone", "\"UTC\""))).Problems));
    }

    private static ScenarioResult<CommunityData> Prepare(TemporaryFolder folder, params (string Field, string Value)[] changes) =>
        CommunityData.Prepare(GoodScenario.ReadIn(folder.Path, changes));

    private static string Hours(params (string Time, string Value)[] rows)
    {
        var text = new StringBuilder("timestamp,meter,load_kwh\n");
        foreach ((string time, string value) in rows)
        {
            text.Append("2024-06-01T").Append(time).Append(":00Z,h01,").Append(value).Append('\n');
        }

        return text.ToString();
    }
}
