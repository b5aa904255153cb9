using System.Text.Json;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Tests.Series;

namespace Commonwatt.Simulation.Tests.Scenarios;

public class SchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly string Folder = Path.Combine(SharedFolder.Repository, "scenarios");

    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "scenario.schema.json"))).RootElement;

    public static TheoryData<string> Objects { get; } = [.. ScenarioFields.ByObject.Keys];

    public static TheoryData<string> Shipped { get; } = [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)!).Where(name => name != "scenario.schema.json").Order()];

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_schema_has_exactly_the_fields_that_the_loader_knows(string name)
    {
        JsonElement described = name == "scenario" ? Schema : Schema.GetProperty("$defs").GetProperty(name);

        Assert.Equal(ScenarioFields.ByObject[name].Order(), described.GetProperty("properties").EnumerateObject().Select(field => field.Name).Order());
        Assert.False(described.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Every_object_and_field_is_described_and_no_object_is_left_over()
    {
        Assert.Equal(ScenarioFields.ByObject.Keys.Where(name => name != "scenario").Order(), Schema.GetProperty("$defs").EnumerateObject().Select(each => each.Name).Order());
        foreach (JsonElement described in Schema.GetProperty("$defs").EnumerateObject().Select(each => each.Value).Append(Schema))
        {
            Assert.False(string.IsNullOrWhiteSpace(described.GetProperty("description").GetString()));
            Assert.All(described.GetProperty("properties").EnumerateObject(), field => Assert.False(string.IsNullOrWhiteSpace(field.Value.GetProperty("description").GetString()), field.Name));
        }
    }

    [Fact]
    public void The_schema_offers_the_names_that_the_loader_takes()
    {
        JsonElement market = Schema.GetProperty("$defs").GetProperty("market").GetProperty("properties");

        Assert.Equal(MarketRules.Mechanisms, Names(market.GetProperty("mechanism")));
        Assert.Equal(MarketRules.Rationings, Names(market.GetProperty("rationing")));
        Assert.Equal(MarketRules.SharingKeys, Names(market.GetProperty("sharingKey")));
        Assert.Equal(Agents.BiddingStrategyKinds.Names, Names(Schema.GetProperty("$defs").GetProperty("member").GetProperty("properties").GetProperty("strategy")));
    }

    [Fact]
    public void The_schemas_defaults_are_the_loaders()
    {
        Scenario scenario = GoodScenario.Read();
        JsonElement definitions = Schema.GetProperty("$defs");

        Assert.Equal(scenario.Market.Mechanism, Default("market", "mechanism").GetString());
        Assert.Equal(scenario.Market.Gate, System.Xml.XmlConvert.ToTimeSpan(Default("market", "gate").GetString()!));
        Assert.Equal(scenario.Market.ListingLead, System.Xml.XmlConvert.ToTimeSpan(Default("market", "listingLead").GetString()!));
        Assert.Equal(scenario.Market.ReadingDeadline, System.Xml.XmlConvert.ToTimeSpan(Default("market", "readingDeadline").GetString()!));
        Assert.Equal(scenario.Wallet.CreditLine.Micros, Default("wallet", "creditLine").GetInt64() * 1_000_000);
        Assert.Equal(MemberRules.DefaultConnection.Watts, (long)(Default("member", "connection").GetDouble() * 1000));
        Assert.Equal(new BatteryRules(new Energy(1), new Power(1)).RoundTripEfficiency, Default("battery", "roundTripEfficiency").GetDouble());
        JsonElement Default(string name, string field) => definitions.GetProperty(name).GetProperty("properties").GetProperty(field).GetProperty("default");
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_scenario_is_taken_by_the_loader_and_fits_the_schema(string name)
    {
        string path = Path.Combine(Folder, name);

        Assert.Empty(ScenarioFile.Load(path).Problems);
        using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
        Assert.Empty(SchemaCheck.Faults(document.RootElement, Schema, Schema));
    }

    [Theory]
    [InlineData("days", "0")]
    [InlineData("market", "{ \"mechanism\": \"continuous\" }")]
    [InlineData("members", "[{ \"id\": \"h01\" }]")]
    [InlineData("members", "[{ \"id\": \"h01\", \"load\": 3200 }]")]
    [InlineData("weather", "\"sunny\"")]
    public void What_the_loader_refuses_does_not_fit_the_schema_either(string field, string value)
    {
        using var document = JsonDocument.Parse(GoodScenario.With(field, value), Lenient);

        Assert.NotEmpty(SchemaCheck.Faults(document.RootElement, Schema, Schema));
    }

    private static IEnumerable<string?> Names(JsonElement field) => field.GetProperty("enum").EnumerateArray().Select(name => name.GetString());
}
