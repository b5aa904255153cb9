using System.Text;
using Commonwatt.Simulation.Scenarios;

namespace Commonwatt.Simulation.Tests.Scenarios;

/// <summary>The smallest good scenario, to be varied field by field.</summary>
internal static class GoodScenario
{
    private static readonly (string Field, string Value)[] Fields =
    [
        ("name", "\"Rua das Flores\""),
        ("timeZone", "\"Europe/Lisbon\""),
        ("currency", "\"EUR\""),
        ("start", "\"2024-06-01\""),
        ("days", "7"),
        ("period", "\"PT15M\""),
        ("tariffs", "{ \"retail\": 0.22, \"feedIn\": 0.05 }"),
        ("members", "[{ \"id\": \"h01\", \"load\": { \"household\": 3200 } }]"),
    ];

    /// <summary>The scenario with a field set to some JSON.</summary>
    public static string With(string field, string value) => With((field, value));

    /// <summary>The scenario with fields set to some JSON.</summary>
    public static string With(params (string Field, string Value)[] changes)
    {
        Dictionary<string, string> fields = Fields.ToDictionary(pair => pair.Field, pair => pair.Value);
        foreach ((string field, string value) in changes)
        {
            fields[field] = value;
        }

        return $"{{ {string.Join(", ", fields.Select(pair => $"\"{pair.Key}\": {pair.Value}"))} }}";
    }

    /// <summary>The scenario with fields set to some JSON, read.</summary>
    public static Scenario Read(params (string Field, string Value)[] changes) => ScenarioFile.Parse(Encoding.UTF8.GetBytes(With(changes)), "").Required();

    /// <summary>The scenario with fields set to some JSON, read, in a folder.</summary>
    public static Scenario ReadIn(string folder, params (string Field, string Value)[] changes) => ScenarioFile.Parse(Encoding.UTF8.GetBytes(With(changes)), folder).Required();
}
