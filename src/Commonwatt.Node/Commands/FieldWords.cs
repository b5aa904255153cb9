using System.Globalization;
using System.Text;
using System.Text.Json;
using Commonwatt.Node.Community.Answers;

namespace Commonwatt.Node.Commands;

/// <summary>The fields of an event or a call in words, with their units, as docs/contracts.md and docs/api.md name them.</summary>
internal static class FieldWords
{
    private const decimal Micros = 1_000_000m;

    private static readonly JsonSerializerOptions Format = new() { Converters = { new InstantJson() } };
    private static readonly HashSet<string> Money = ["amount", "balance", "creditLine", "locked", "minimum", "minimumStake", "paid", "received", "total"];
    private static readonly HashSet<string> Prices = ["price", "retail", "feedIn", "limitPrice", "lowestPrice", "highestPrice", "localGridFee", "shortfallPenalty", "fixedPrice"];
    private static readonly HashSet<string> Members = ["member", "buyer", "seller"];

    /// <summary>Each field's name and value, in order; what a list holds follows its name, a line each.</summary>
    /// <param name="fields">An object or a dictionary.</param>
    public static IEnumerable<(string Name, string Value)> Of(object fields)
    {
        foreach (JsonProperty field in JsonSerializer.SerializeToElement(fields, Format).EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Array)
            {
                yield return (Label(field.Name), Words(field.Name, field.Value));
                continue;
            }

            yield return (Label(field.Name), field.Value.GetArrayLength().ToString(CultureInfo.InvariantCulture));
            int number = 0;
            foreach (JsonElement item in field.Value.EnumerateArray())
            {
                number++;
                yield return (string.Create(CultureInfo.InvariantCulture, $"  {number}"), Words(field.Name, item));
            }
        }
    }

    private static string Words(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(inner => $"{Label(inner.Name)} {Words(inner.Name, inner.Value)}")),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Words(name, item))),
        JsonValueKind.Number => Number(name, value.GetDecimal()),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "none",
        _ => value.ToString(),
    };

    private static string Number(string name, decimal number)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return name switch
        {
            _ when Money.Contains(name) => string.Create(culture, $"{number / Micros:0.00####} of the currency"),
            _ when Prices.Contains(name) => string.Create(culture, $"{number / Micros:0.00####} per kWh"),
            _ when Members.Contains(name) => string.Create(culture, $"member {number}"),
            "mostWhPerHour" => string.Create(culture, $"{number} Wh"),
            _ when name.EndsWith("Wh", StringComparison.Ordinal) => string.Create(culture, $"{number} Wh"),
            _ when name.EndsWith('W') => string.Create(culture, $"{number} W"),
            _ when name.EndsWith("Minutes", StringComparison.Ordinal) => string.Create(culture, $"{number} min"),
            _ when name.EndsWith("Ms", StringComparison.Ordinal) => string.Create(culture, $"{number / 60_000m:0.###} min"),
            _ => number.ToString(culture),
        };
    }

    // quantityWh is "quantity": its unit stands with the number.
    private static string Label(string name)
    {
        string[] units = ["Wh", "W", "Minutes", "Ms"];
        string bare = units.FirstOrDefault(unit => name.Length > unit.Length && name.EndsWith(unit, StringComparison.Ordinal)) is { } found ? name[..^found.Length] : name;
        var words = new StringBuilder();
        foreach (char letter in bare.Replace("WhPer", "Per", StringComparison.Ordinal))
        {
            words.Append(char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter);
        }

        return words.ToString();
    }
}
