using System.Text;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Scenarios;

public class BadScenarioTests
{
    /// <summary>A field of an otherwise good scenario, what is wrong in it, and the sentences that its author reads.</summary>
    public static TheoryData<string, string, string> WrongFields { get; } = new()
    {
        { "name", "null", "name: is missing; give the community's name." },
        { "name", "7", "name: 7 is not a text; give the community's name." },
        { "timeZone", "\"Europe/Lisbonn\"", "timeZone: 'Europe/Lisbonn' is not known; did you mean 'Europe/Lisbon'?" },
        { "timeZone", "\"Lisbon\"", "timeZone: 'Lisbon' is not known; did you mean 'Europe/Lisbon'?" },
        { "currency", "\"euro\"", """currency: 'euro' is not a currency; give a currency by its three capital letters, such as "EUR".""" },
        { "start", "\"01/06/2024\"", """start: '01/06/2024' is not a date; give the first day, such as "2024-06-01".""" },
        { "start", "\"2024-02-30\"", """start: '2024-02-30' is not a date; give the first day, such as "2024-06-01".""" },
        { "start", "\"1970-01-01\"", """start: '1970-01-01' is outside the years 1971 to 2199; give the first day, such as "2024-06-01".""" },
        { "days", "0", "days: 0 is outside 1 to 3660; give how many days to simulate, 1 to 3660." },
        { "days", "7.5", "days: 7.5 is not a whole number; give how many days to simulate, 1 to 3660." },
        { "days", "\"seven\"", "days: 'seven' is not a number; give how many days to simulate, 1 to 3660." },
        { "period", "\"15 minutes\"", """period: '15 minutes' is not a duration; give one of "PT5M", "PT10M", "PT15M", "PT30M" and "PT1H".""" },
        { "period", "\"PT20M\"", """period: 20 minutes is no length that a delivery period may have; give one of "PT5M", "PT10M", "PT15M", "PT30M" and "PT1H".""" },
        { "seed", "-1", "seed: -1 is outside 0 to 9223372036854775807; give a whole number from 0 on, such as 1." },
        { "location", """{ "latitude": 98, "longitude": -9.1 }""", "location.latitude: 98 is outside -90 to 90; give degrees north, such as 38.7." },
        { "location", "\"Lisbon\"", """location: 'Lisbon' is not an object; give { "latitude": 38.7, "longitude": -9.1 }.""" },
        { "market", """{ "mechanism": "pay-as-cleared" }""", "market.mechanism: 'pay-as-cleared' is not known; did you mean 'pay-as-clear'?" },
        { "market", """{ "mechanism": "continuous" }""", "market.mechanism: 'continuous' is not known; give one of 'pay-as-clear', 'uniform-midpoint', 'pair-midpoint', 'pay-as-bid', 'average-bid-fifo', 'reverse-auction', 'trade-reduction', 'nearest-neighbour', 'sharing-key'." },
        { "market", """{ "imbalance": "grid" }""", "market.imbalance: 'grid' is not known; give one of 'pooled', 'utility'." },
        { "market", """{ "gate": "PT2H" }""", """market.gate: 120 minutes before delivery is not after the listing opens, 60 minutes before delivery; give a shorter time, such as "PT5M".""" },
        { "market", """{ "listingLead": "P8D" }""", """market.listingLead: 11520 minutes before delivery is more than 7 days; give a shorter time, such as "PT1H".""" },
        { "market", """{ "readingDeadline": "PT0M" }""", """market.readingDeadline: 0 minutes after delivery is not between 0 and 30 days, and readings need some time to come; give a time such as "PT15M".""" },
        { "market", """{ "readingDeadline": "P31D" }""", """market.readingDeadline: 44640 minutes after delivery is not between 0 and 30 days, and readings need some time to come; give a time such as "PT15M".""" },
        { "market", """{ "shortfallPenalty": 100000.1 }""", "market.shortfallPenalty: 100000.1 is beyond the 100000 a kWh that a ledger takes; give a price per kWh, such as 0.02." },
        { "market", """{ "shortfallPenalty": -0.02 }""", "market.shortfallPenalty: -0.02 is below zero; give a price per kWh, such as 0.02." },
        { "market", """{ "distances": [{ "from": "h01", "to": "h2", "metres": 40 }] }""", "market.distances[0]: there is no member 'h2'; the members are 'h01'." },
        { "market", """{ "mechanizm": "pay-as-bid" }""", "market.mechanizm: there is no such field; did you mean 'mechanism'?" },
        { "tariffs", "null", """tariffs: is missing; give { "retail": 0.22, "feedIn": 0.05 }.""" },
        { "tariffs", """{ "retail": 0.22 }""", "tariffs.feedIn: is missing; give a price per kWh, such as 0.05." },
        { "tariffs", """{ "retail": 0.2200001, "feedIn": 0.05 }""", """tariffs.retail: 0.2200001 is not a plain decimal with at most 6 places; give a price per kWh, such as 0.22, a list of bands, or a series { "file": …, "column": … }.""" },
        { "tariffs", """{ "retail": "0.22", "feedIn": 0.05 }""", """tariffs.retail: '0.22' is not a number; give a price per kWh, such as 0.22, a list of bands, or a series { "file": …, "column": … }.""" },
        { "tariffs", """{ "retail": 2.2e-1, "feedIn": 0.05 }""", """tariffs.retail: 2.2e-1 is not a plain decimal with at most 6 places; give a price per kWh, such as 0.22, a list of bands, or a series { "file": …, "column": … }.""" },
        { "tariffs", """{ "retail": [{ "from": "08:00", "to": "22:00", "price": 0.24 }, { "from": "23:00", "to": "08:00", "price": 0.15 }], "feedIn": 0.05 }""", "tariffs.retail: The band from 08:00 to 22:00 leaves a gap before the next band, which begins at 23:00: bands must cover the day exactly once." },
        { "tariffs", """{ "retail": [{ "from": "8", "to": "22:00", "price": 0.24 }], "feedIn": 0.05 }""", """tariffs.retail[0].from: '8' is not a time of the day; give hours and minutes, such as "08:00".""" },
        { "tariffs", """{ "retail": { "file": "prices.csv" }, "feedIn": 0.05 }""", "tariffs.retail.column: is missing; give the name of the column with the values." },
        { "tariffs", """{ "retail": 0.22, "feedin": 0.05 }""", "tariffs.feedin: there is no such field; did you mean 'feedIn'?\ntariffs.feedIn: is missing; give a price per kWh, such as 0.05." },
        { "carbonIntensity", "-1", """carbonIntensity: -1 is outside 0 to 10; give kg of carbon dioxide per kWh, such as 0.19, or a series { "file": …, "column": … }.""" },
        { "forecast", "\"perfekt\"", "forecast: 'perfekt' is not known; did you mean 'perfect'?" },
        { "wallet", """{ "creditLine": "unlimited" }""", "wallet.creditLine: 'unlimited' is not a number; give an amount, such as 100.00." },
        { "members", "null", "members: is missing; give at least one member, or 'membersFrom' with a file." },
        { "members", "[]", "members: is empty; give at least one member, or 'membersFrom' with a file." },
        { "members", """{ "id": "h01" }""", """members: { "id": "h01" } is not a list; give a list of members.""" },
        { "members", """[{ "load": { "household": 3200 } }]""", """members[0].id: is missing; give a short id of its own, such as "h01".""" },
        { "members", """[{ "id": "h01" }]""", """members[0].load: is missing; give { "household": 3200 } (kWh a year) or a series { "file": …, "meter": …, "column": "load_kwh" }.""" },
        { "members", """[{ "id": "h01", "load": { "household": 3200 } }, { "id": "h01", "load": { "household": 3200 } }]""", "members[1].id: 'h01' is another member's id too; give each member its own." },
        { "members", """[{ "id": "h01", "load": { "household": "3200 kWh" } }]""", "members[0].load.household: '3200 kWh' is not a number; give what the home uses in kWh a year, such as 3200." },
        { "members", """[{ "id": "h01", "load": { "household": 0 } }]""", "members[0].load.household: 0 is not between 0 and 1000000; give what the home uses in kWh a year, such as 3200." },
        { "members", """[{ "id": "h01", "load": 3200 }]""", """members[0].load: 3200 is not an object; give { "household": 3200 } (kWh a year) or a series { "file": …, "meter": …, "column": "load_kwh" }.""" },
        { "members", """[{ "id": "h01", "load": { "household": 3200 }, "pv": { "kWp": "four" } }]""", "members[0].pv.kWp: 'four' is not a number; give the installed power in kW, such as 4.5." },
        { "members", """[{ "id": "h01", "load": { "household": 3200 }, "pv": { "kwp": 4 } }]""", "members[0].pv.kwp: there is no such field; did you mean 'kWp'?\nmembers[0].pv.kWp: is missing; give the installed power in kW, such as 4.5." },
        { "members", """[{ "id": "h01", "load": { "household": 3200 }, "battery": { "kWh": 5 } }]""", """members[0].battery.kW: is missing; give a battery such as { "kWh": 5, "kW": 2.5 }.""" },
        { "members", """[{ "id": "h01", "load": { "household": 3200 }, "battery": { "kWh": 5, "kW": 2.5, "roundTripEfficiency": 90 } }]""", "members[0].battery.roundTripEfficiency: 90 is outside 0.01 to 1; give what comes out of what went in, such as 0.9." },
        { "members", """[{ "id": "h01", "load": { "household": 3200 }, "strategy": "truthfull" }]""", "members[0].strategy: 'truthfull' is not known; did you mean 'truthful'?" },
        { "members", """[{ "id": "h01", "load": { "household": 3200, "electricVehicle": "yes" } }]""", "members[0].load.electricVehicle: 'yes' is neither true nor false; give one of them." },
        { "members", """[{ "id": "h01", "load": { "meter": "home-01" } }]""", "members[0].load.file: is missing; give the path of a CSV file, relative to the scenario file." },
        { "membersFrom", """{ "strategy": "linear" }""", "membersFrom.file: is missing; give the path of a CSV file, relative to the scenario file." },
        { "membersFrom", """{ "file": "homes.csv", "pvColumn": "pv_kwh", "pv": { "kWp": 4, "share": 1.5 } }""", "membersFrom.pv.share: 1.5 is outside 0 to 1; give the share of the meters that get one, such as 0.5.\nmembersFrom.pv: is made up, while 'pvColumn' names generation in the file; leave one of them out." },
        { "membersFrom", """{ "file": "homes.csv", "exclude": [7] }""", "membersFrom.exclude[0]: 7 is not a text; give the name of a meter in the file." },
        { "weather", "\"sunny\"", "weather: there is no such field; the fields here are '$schema', 'name', 'timeZone', 'currency', 'start', 'days', 'period', 'seed', 'location', 'market', 'tariffs', 'carbonIntensity', 'forecast', 'wallet', 'members', 'membersFrom'." },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public void A_wrong_field_is_named_with_what_was_found_and_what_would_be_right(string field, string value, string sentences)
    {
        ScenarioResult<Scenario> result = Read(GoodScenario.With(field, value));

        Assert.Null(result.Value);
        Assert.Equal(sentences, string.Join('\n', result.Problems));
    }

    [Theory]
    [InlineData("", "the file: is empty; give a scenario: { \"name\": …, \"members\": … }.")]
    [InlineData("{\n  \"name\": Rua\n}", "line 2, column 11: this is not JSON: 'R' is an invalid start of a value.")]
    [InlineData("{\n  \"name\": \"Café\" \"days\": 7\n}", "line 2, column 18: this is not JSON: '\"' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("{ \"days\": 7 ", "line 1, column 13: this is not JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    [InlineData("[]", "the file: [] is not an object; give a scenario: { \"name\": …, \"members\": … }.")]
    public void What_is_no_JSON_is_refused_with_line_and_column(string json, string sentence)
    {
        Assert.Equal(sentence, string.Join('\n', Read(json).Problems));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        ScenarioResult<Scenario> result = Read("""
            {
              "name": "Rua das Flores", "timeZone": "Europe/Lisbon", "currency": "EUR", "start": "2024-06-01", "days": 0, "period": "PT15M",
              "tariffs": { "retail": "dear", "feedIn": 0.05 },
              "members": [
                { "id": "h01", "load": { "household": 3200 }, "battery": { "kWh": "big", "kW": 2 } },
                { "id": "h02", "load": { "household": -1 } },
              ],
            }
            """);

        Assert.Equal(["days", "tariffs.retail", "members[0].battery.kWh", "members[1].load.household"], result.Problems.Select(problem => problem.Place));
    }

    [Fact]
    public void A_field_given_twice_is_refused()
    {
        ScenarioResult<Scenario> result = Read(GoodScenario.With("days", "7, \"days\": 8"));

        Assert.Equal("days: is given twice; leave one out.", string.Join('\n', result.Problems));
    }

    [Theory]
    [InlineData("nowhere.json", "nowhere.json: there is no such file; give the path of a scenario file, such as scenarios/neighbourhood.json.")]
    [InlineData(".", ".: is a folder; give the path of a scenario file.")]
    public void A_file_that_is_not_there_is_told(string path, string sentence)
    {
        Assert.Equal(sentence, string.Join('\n', ScenarioFile.Load(path).Problems));
    }

    [Fact]
    public void Hours_do_not_fit_a_zone_whose_midnight_lies_at_half_past()
    {
        ScenarioResult<Scenario> result = Read(GoodScenario.With(("timeZone", "\"Asia/Kolkata\""), ("period", "\"PT1H\"")));

        Assert.Equal("period: midnight in Asia/Kolkata is 2024-05-31T18:30:00Z, where no period of 60 minutes starts; give a shorter period, such as 'PT15M'.", string.Join('\n', result.Problems));
    }

    private static ScenarioResult<Scenario> Read(string json) => ScenarioFile.Parse(Encoding.UTF8.GetBytes(json), "");
}
