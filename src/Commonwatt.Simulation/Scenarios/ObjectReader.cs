using System.Text.Json;

namespace Commonwatt.Simulation.Scenarios;

/// <summary>Reads the fields of one JSON object and notes as a problem each that is not what it should be.</summary>
internal sealed partial class ObjectReader
{
    private const int LongestFound = 40;

    private readonly Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);
    private readonly List<ScenarioProblem> problems;
    private readonly string[] fields;

    private ObjectReader(JsonElement element, string path, string[] fields, List<ScenarioProblem> problems)
    {
        this.problems = problems;
        this.fields = fields;
        Path = path;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!fields.Contains(property.Name, StringComparer.Ordinal))
            {
                Refuse(property.Name, $"there is no such field; {NearName.Hint(property.Name, fields, "the fields here are")}");
            }
            else if (!values.TryAdd(property.Name, property.Value))
            {
                Refuse(property.Name, "is given twice; leave one out.");
            }
        }
    }

    /// <summary>Where the object is in the file; empty for the file itself.</summary>
    public string Path { get; }

    /// <summary>Opens an object of a kind in <see cref="ScenarioFields"/>, or notes that it is none.</summary>
    public static ObjectReader? Open(JsonElement element, string path, string kind, string right, List<ScenarioProblem> problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new ScenarioProblem(path.Length == 0 ? "the file" : path, $"{Found(element)} is not an object; give {right}."));
            return null;
        }

        return new ObjectReader(element, path, ScenarioFields.ByObject[kind], problems);
    }

    /// <summary>How a value is shown in a sentence: text in quotes, anything else as written, cut where it is long.</summary>
    public static string Found(JsonElement element)
    {
        string text = element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : element.GetRawText();
        string cut = text.ReplaceLineEndings(" ");
        cut = cut.Length > LongestFound ? cut[..LongestFound] + "…" : cut;
        return element.ValueKind == JsonValueKind.String ? $"'{cut}'" : cut;
    }

    /// <summary>Whether the field is given (and not null).</summary>
    public bool Has(string field) => TryGet(field, out _);

    /// <summary>Notes a problem with a field.</summary>
    public void Refuse(string field, string sentence) => problems.Add(new ScenarioProblem(PathOf(field), sentence));

    /// <summary>Notes that a field that must be there is not.</summary>
    public void RefuseMissing(string field, string right) => Refuse(field, $"is missing; give {right}.");

    /// <summary>The path of a field.</summary>
    public string PathOf(string field) => Path.Length == 0 ? field : $"{Path}.{field}";

    /// <summary>The value of a field, where it is given.</summary>
    public bool TryGet(string field, out JsonElement value)
    {
        if (!fields.Contains(field, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"The field '{field}' of '{Path}' is not in ScenarioFields.");
        }

        return values.TryGetValue(field, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The object in a field, or null where it is not given or is none.</summary>
    public ObjectReader? Object(string field, string kind, string right) =>
        TryGet(field, out JsonElement value) ? Open(value, PathOf(field), kind, right, problems) : null;

    /// <summary>Opens a value of a field, or of an element in its list, as an object.</summary>
    public ObjectReader? Open(JsonElement element, string path, string kind, string right) => Open(element, path, kind, right, problems);

    /// <summary>The elements of a list with their paths; none where it is not given or is no list.</summary>
    public IEnumerable<(JsonElement Element, string Path)> List(string field, string right)
    {
        if (!TryGet(field, out JsonElement value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse(field, $"{Found(value)} is not a list; give {right}.");
            return [];
        }

        return value.EnumerateArray().Select((element, index) => (element, $"{PathOf(field)}[{index}]"));
    }
}
