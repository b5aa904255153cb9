using Commonwatt.Agents;
using Commonwatt.Markets.Settlement;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Series;

namespace Commonwatt.Simulation.Tests.Scenarios;

public class ScenarioFileTests
{
    [Fact]
    public void What_is_not_said_has_its_default()
    {
        Scenario scenario = GoodScenario.Read();

        Assert.Equal("pay-as-clear", scenario.Market.Mechanism);
        Assert.Equal("arrival", scenario.Market.Rationing);
        Assert.Equal(ImbalanceRule.Pooled, scenario.Market.Imbalance);
        Assert.Equal(TimeSpan.FromHours(1), scenario.Market.ListingLead);
        Assert.Equal(TimeSpan.FromMinutes(5), scenario.Market.Gate);
        Assert.Equal(TimeSpan.FromMinutes(15), scenario.Market.ReadingDeadline);
        Assert.Equal(ForecastKind.Persistence, scenario.Forecast);
        Assert.Equal(new Money(1_000_000_000_000), scenario.Wallet.CreditLine);
        Assert.Equal(Money.Zero, scenario.Wallet.Deposit);
        Assert.Equal(BiddingStrategyKind.Truthful, Assert.Single(scenario.Members).Strategy);
        Assert.Null(scenario.CarbonIntensity);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        Scenario scenario = GoodScenario.Read(
            ("days", "7 // a week\n"),
            ("members", "[ /* one home */ { \"id\": \"h01\", \"load\": { \"household\": 3200, }, }, ]"));

        Assert.Equal(7, scenario.Days);
        Assert.Equal("h01", Assert.Single(scenario.Members).Id);
    }

    [Fact]
    public void Prices_and_amounts_are_read_digit_by_digit()
    {
        Scenario scenario = GoodScenario.Read(
            ("tariffs", "{ \"retail\": 0.1, \"feedIn\": 0.070001, \"localGridFee\": 0.3 }"),
            ("wallet", "{ \"deposit\": 9007199254740.993 }"));

        Assert.Equal(new Price(100_000), Assert.IsType<TariffSource.OfDay>(scenario.Tariffs.Retail).Tariff.PriceAt(0));
        Assert.Equal(new Price(70_001), Assert.IsType<TariffSource.OfDay>(scenario.Tariffs.FeedIn).Tariff.PriceAt(0));
        Assert.Equal(new Price(300_000), scenario.Tariffs.LocalGridFee);
        Assert.Equal(new Money(9_007_199_254_740_993_000), scenario.Wallet.Deposit);
    }

    [Theory]
    [InlineData("PT5M", 5)]
    [InlineData("PT10M", 10)]
    [InlineData("PT15M", 15)]
    [InlineData("PT30M", 30)]
    [InlineData("PT60M", 60)]
    [InlineData("PT1H", 60)]
    public void A_period_lasts_what_it_says(string text, int minutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(minutes), GoodScenario.Read(("period", $"\"{text}\"")).Period);
    }

    [Fact]
    public void The_example_in_the_documentation_is_read()
    {
        Scenario scenario = GoodScenario.Read(
            ("market", "{ \"mechanism\": \"pay-as-clear\", \"imbalance\": \"pooled\", \"shortfallPenalty\": 0.02 }"),
            ("members", """
                [
                  { "id": "h01", "load": { "file": "homes.csv.gz", "meter": "home-01", "column": "load_kwh" },
                    "pv": { "file": "homes.csv.gz", "meter": "home-01", "column": "pv_kwh" }, "strategy": "truthful" },
                  { "id": "h02", "load": { "household": 3200 }, "pv": { "kWp": 4 }, "battery": { "kWh": 5, "kW": 2.5 } }
                ]
                """),
            ("membersFrom", "{ \"file\": \"homes.csv.gz\", \"strategy\": \"linear\" }"));

        Assert.Equal(new SeriesReference("homes.csv.gz", "load_kwh") { Meter = "home-01" }, Assert.IsType<LoadSource.FromSeries>(scenario.Members[0].Load).Series);
        Assert.Equal(new LoadSource.Household(Energy.FromKilowattHours(3200)), scenario.Members[1].Load);
        Assert.Equal(new GenerationSource.Photovoltaic(new Power(4000)), scenario.Members[1].Pv);
        Assert.Equal(new BatteryRules(new Energy(5000), new Power(2500)), scenario.Members[1].Battery);
        Assert.Equal(new Price(20_000), scenario.Market.ShortfallPenalty);
        Assert.Equal(BiddingStrategyKind.Linear, scenario.MembersFrom?.Strategy);
    }

    [Theory]
    [InlineData("2024-03-31", 23)]
    [InlineData("2024-06-01", 24)]
    [InlineData("2024-10-27", 25)]
    public void Days_of_23_and_25_hours_have_their_own_number_of_periods(string day, int hours)
    {
        PeriodGrid grid = PeriodGrid.Of(GoodScenario.Read(("start", $"\"{day}\""), ("days", "1"))).Required();

        Assert.Equal(hours * 4, grid.Count);
        Assert.Equal(0, grid.LocalMinuteOf(0));
        Assert.Equal((24 * 60) - 15, grid.LocalMinuteOf(grid.Count - 1));
        Assert.Equal(hours, (grid.End - grid.Start).TotalHours);
        Assert.All(Enumerable.Range(0, grid.Count), period => Assert.Equal(period, grid.IndexOf(grid.StartOf(period))));
    }

    [Fact]
    public void The_neighbourhood_runs_without_any_data()
    {
        Scenario scenario = ScenarioFile.Load(Path.Combine(SharedFolder.Repository, "scenarios", "neighbourhood.json")).Required();
        CommunityData data = CommunityData.Prepare(scenario).Required();

        Assert.Equal("Rua das Flores", scenario.Name);
        Assert.Equal(24, data.Members.Count);
        Assert.Equal(672, data.Grid.Count);
        Assert.Equal(4, data.Members.Count(member => member.Rules.Battery is not null));
        Assert.Contains(data.Members, member => member.Net.Min() < 0);
        Assert.Equal([new Price(150_000), new Price(240_000)], data.Retail.Distinct().Order());
    }

    [Theory]
    [InlineData("california.json", 12)]
    [InlineData("new-south-wales.json", 36)]
    public void Scenarios_on_real_data_find_their_files_beside_the_repository(string name, int members)
    {
        SharedFolder.Data("README.md");
        Scenario scenario = ScenarioFile.Load(Path.Combine(SharedFolder.Repository, "scenarios", name)).Required();
        CommunityData data = CommunityData.Prepare(scenario).Required();

        Assert.Equal(members, data.Members.Count);
        Assert.Contains(data.Members, member => member.Generation.Max() > 0);
    }
}
