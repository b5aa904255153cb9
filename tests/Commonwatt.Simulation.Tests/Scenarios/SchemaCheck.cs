using System.Text.Json;
using System.Text.RegularExpressions;

namespace Commonwatt.Simulation.Tests.Scenarios;

/// <summary>As much of JSON Schema 2020-12 as the scenario's schema uses.</summary>
internal static class SchemaCheck
{
    public static List<string> Faults(JsonElement value, JsonElement schema, JsonElement root, string path = "$")
    {
        List<string> faults = [];
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string name = reference.GetString()!["#/$defs/".Length..];
            faults.AddRange(Faults(value, root.GetProperty("$defs").GetProperty(name), root, path));
        }

        if (schema.TryGetProperty("oneOf", out JsonElement choices) && choices.EnumerateArray().Count(choice => Faults(value, choice, root, path).Count == 0) != 1)
        {
            faults.Add($"{path} fits none or several of the choices");
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !Is(value, type.GetString()!))
        {
            return [.. faults, $"{path} is not of type {type}"];
        }

        if (schema.TryGetProperty("enum", out JsonElement names) && !names.EnumerateArray().Any(name => name.GetString() == value.GetString()))
        {
            faults.Add($"{path} is none of {names}");
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            faults.Add($"{path} does not match {pattern}");
        }

        faults.AddRange(Range(value, schema, path));
        faults.AddRange(value.ValueKind == JsonValueKind.Object ? Fields(value, schema, root, path) : []);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            faults.AddRange(value.EnumerateArray().SelectMany((element, index) => Faults(element, items, root, $"{path}[{index}]")));
        }

        return faults;
    }

    private static IEnumerable<string> Fields(JsonElement value, JsonElement schema, JsonElement root, string path)
    {
        if (!schema.TryGetProperty("properties", out JsonElement fields))
        {
            yield break;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!fields.TryGetProperty(property.Name, out JsonElement field))
            {
                yield return $"{path}.{property.Name} is not described";
                continue;
            }

            foreach (string fault in Faults(property.Value, field, root, $"{path}.{property.Name}"))
            {
                yield return fault;
            }
        }

        if (schema.TryGetProperty("required", out JsonElement required))
        {
            foreach (JsonElement name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
            {
                yield return $"{path}.{name} is missing";
            }
        }
    }

    private static IEnumerable<string> Range(JsonElement value, JsonElement schema, string path)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            yield break;
        }

        double number = value.GetDouble();
        bool low = schema.TryGetProperty("minimum", out JsonElement least) && number < least.GetDouble();
        bool high = schema.TryGetProperty("maximum", out JsonElement most) && number > most.GetDouble();
        bool atMost = schema.TryGetProperty("exclusiveMinimum", out JsonElement above) && number <= above.GetDouble();
        if (low || high || atMost)
        {
            yield return $"{path} is out of range";
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };
}
