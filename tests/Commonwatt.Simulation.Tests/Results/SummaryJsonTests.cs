using System.Text;
using System.Text.Json;
using Commonwatt.Simulation.Results;

namespace Commonwatt.Simulation.Tests.Results;

public class SummaryJsonTests
{
    [Fact]
    public void The_names_that_scripts_rely_on_are_there()
    {
        JsonElement json = Summary(TwoHouses.Run());

        Assert.Equal(4, json.GetProperty("periods").GetInt32());
        Assert.Equal(2, json.GetProperty("members").GetInt32());
        Assert.Equal("2.000", json.GetProperty("tradedKwh").GetRawText());
        Assert.Equal(0.5m, json.GetProperty("selfSufficiency").GetDecimal());
        Assert.Equal(0.6m, json.GetProperty("selfConsumption").GetDecimal());
        Assert.Equal("0.800000", json.GetProperty("costWithoutMarket").GetRawText());
        Assert.Equal("0.500000", json.GetProperty("costWithMarket").GetRawText());
        Assert.Equal(0m, json.GetProperty("residual").GetDecimal());
        Assert.Equal(6, json.GetProperty("ledger").GetProperty("height").GetInt64());
        Assert.Equal(24, json.GetProperty("ledger").GetProperty("transactions").GetInt64());
        Assert.Equal("ab12", json.GetProperty("ledger").GetProperty("tip").GetString());
        Assert.Equal(1.234, json.GetProperty("elapsedSeconds").GetDouble());
    }

    [Fact]
    public void Each_data_problem_has_its_count_rule_and_examples()
    {
        JsonElement missing = Summary(TwoHouses.Run()).GetProperty("dataProblems").GetProperty("missing");

        Assert.Equal(3, missing.GetProperty("count").GetInt64());
        Assert.Equal("The week before stands in.", missing.GetProperty("rule").GetString());
        Assert.Equal("homes.csv line 7: \"home\" has no value", missing.GetProperty("examples")[0].GetString());
    }

    [Fact]
    public void Problems_of_one_kind_are_put_together()
    {
        DataProblem[] problems = [new("skipped-row", 2, "Left out of a.csv.", ["line 3"]), new("skipped-row", 5, "Left out of b.csv.", ["line 9"])];

        JsonElement all = Summary(TwoHouses.Run() with { DataProblems = problems }).GetProperty("dataProblems");

        JsonProperty skipped = Assert.Single(all.EnumerateObject());
        Assert.Equal(7, skipped.Value.GetProperty("count").GetInt64());
        Assert.Equal("Left out of a.csv. Left out of b.csv.", skipped.Value.GetProperty("rule").GetString());
        Assert.Equal(2, skipped.Value.GetProperty("examples").GetArrayLength());
    }

    [Fact]
    public void Each_member_has_both_bills()
    {
        JsonElement home = Summary(TwoHouses.Run()).GetProperty("memberResults")[1];

        Assert.Equal("home", home.GetProperty("id").GetString());
        Assert.Equal(0.8m, home.GetProperty("costWithoutMarket").GetDecimal());
        Assert.Equal(0.62m, home.GetProperty("costWithMarket").GetDecimal());
        Assert.Equal(0.18m, home.GetProperty("saved").GetDecimal());
    }

    [Fact]
    public void A_figure_that_does_not_exist_is_null()
    {
        SimulationResult run = TwoHouses.Run();

        JsonElement json = Summary(run with { Series = run.Series with { LocalPrice = new Price?[4], CarbonIntensity = null } });

        Assert.Equal(JsonValueKind.Null, json.GetProperty("averageLocalPrice").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("emissionsKg").ValueKind);
    }

    [Theory]
    [InlineData("Rua das Flores, Évora")]
    [InlineData("\"quoted\" \\ back\nslash </script> \u0001")]
    public void Any_name_comes_back_as_it_was(string name) => Assert.Equal(name, Summary(TwoHouses.Run(name)).GetProperty("scenario").GetString());

    private static JsonElement Summary(SimulationResult result)
    {
        using MemoryStream stream = new();
        SummaryJson.Write(stream, result);
        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        return json.RootElement.Clone();
    }
}
