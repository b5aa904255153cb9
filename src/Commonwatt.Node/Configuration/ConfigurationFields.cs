using System.Text.Json;

namespace Commonwatt.Node.Configuration;

/// <summary>The fields of one object of a configuration; what is wrong is noted with its name, what stands there, and what would be right.</summary>
internal sealed class ConfigurationFields
{
    private const int LongestFound = 60;

    private readonly JsonElement element;
    private readonly string prefix;
    private readonly string folder;
    private readonly SettingSources sources;
    private readonly List<string> problems;

    private ConfigurationFields(JsonElement element, string prefix, string folder, SettingSources sources, List<string> problems)
    {
        this.element = element;
        this.prefix = prefix;
        this.folder = folder;
        this.sources = sources;
        this.problems = problems;
    }

    /// <summary>Opens an object, or notes that it is none.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The setting that it is; empty for the whole.</param>
    /// <param name="folder">The folder that paths count from.</param>
    /// <param name="sources">Where each setting comes from.</param>
    /// <param name="problems">Gets what is wrong, each with where it comes from.</param>
    public static ConfigurationFields? Open(JsonElement element, string name, string folder, SettingSources sources, List<string> problems)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new ConfigurationFields(element, name.Length == 0 ? "" : $"{name}.", folder, sources, problems);
        }

        problems.Add($"{sources.Of(name)}: {(name.Length == 0 ? "the file" : $"'{name}'")} is {Found(element)}; give an object in braces.");
        return null;
    }

    /// <summary>Notes every field that is none of these.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                Refuse(property.Name, $"there is no such field; the fields here are {string.Join(", ", names!)}.");
            }
        }
    }

    /// <summary>Notes that a field is wrong.</summary>
    public void Refuse(string name, string sentence) => problems.Add($"{sources.Of(prefix + name)}: '{prefix}{name}': {sentence}");

    /// <summary>A text, or null where none is given.</summary>
    public string? Text(string name, string right, bool isRequired = false)
    {
        if (Find(name, right, isRequired) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Refuse(name, $"{Found(value)} is not what belongs here; give {right}.");
        return null;
    }

    /// <summary>Texts in brackets, or none.</summary>
    public IReadOnlyList<string> Texts(string name, int most, string right, bool isRequired = false)
    {
        if (Find(name, right, isRequired) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) && (!isRequired || value.GetArrayLength() > 0))
        {
            return [.. value.EnumerateArray().Select(one => one.GetString()!)];
        }

        Refuse(name, $"{Found(value)} is not what belongs here; give {right}, at most {most}.");
        return [];
    }

    /// <summary>Paths of files that must be there, made whole.</summary>
    public IReadOnlyList<string> Paths(string name, int most, string right)
    {
        string[] paths = [.. Texts(name, most, right).Select(text => Whole(name, text))];
        foreach (string missing in paths.Where(path => !File.Exists(path)))
        {
            Refuse(name, $"there is no file '{missing}'; give {right}.");
        }

        return paths;
    }

    /// <summary>A path, made whole, or null where none is given.</summary>
    public string? Path(string name, string right, bool isRequired = false, bool mustExist = true)
    {
        if (Text(name, right, isRequired) is not { } text)
        {
            return null;
        }

        string path = Whole(name, text);
        if (mustExist && !File.Exists(path))
        {
            Refuse(name, $"there is no file '{path}'; give {right}.");
        }

        return path;
    }

    /// <summary>A whole number, or the usual one where none is given.</summary>
    public long WholeNumber(string name, long least, long most, long usual)
    {
        string right = $"a whole number from {least} to {most}, such as {usual}";
        if (Find(name, right, isRequired: false) is not { } value)
        {
            return usual;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, $"{Found(value)} is not what belongs here; give {right}.");
        return usual;
    }

    /// <summary>Whether a field is given as true.</summary>
    /// <param name="name">The field.</param>
    /// <param name="usual">What holds where it is not given.</param>
    public bool Flag(string name, bool usual = false)
    {
        if (Find(name, "true or false", isRequired: false) is not { } value)
        {
            return usual;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(name, $"{Found(value)} is not what belongs here; give true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A text that nobody may see, or null where none is given. The environment alone may give it: a file that is shown to somebody would show it too.</summary>
    public string? Secret(string name)
    {
        if (Find(name, right: "", isRequired: false) is not { } value)
        {
            return null;
        }

        string variable = SettingSources.VariableOf(prefix + name);
        if (!sources.Of(prefix + name).EndsWith(variable, StringComparison.Ordinal) || value.ValueKind != JsonValueKind.String)
        {
            Refuse(name, $"a secret is given by the environment variable {variable} or in a file of its own, and nowhere else.");
            return null;
        }

        return value.GetString();
    }

    /// <summary>An object, or null where none is given.</summary>
    public ConfigurationFields? Object(string name, string right, bool isRequired = false) =>
        Find(name, right, isRequired) is { } value ? Open(value, prefix + name, folder, sources, problems) : null;

    private string Whole(string name, string path) =>
        System.IO.Path.GetFullPath(path, sources.IsOver(prefix + name) ? Directory.GetCurrentDirectory() : folder);

    private JsonElement? Find(string name, string right, bool isRequired)
    {
        if (element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (isRequired)
        {
            Refuse(name, $"it is missing; give {right}.");
        }

        return null;
    }

    private static string Found(JsonElement element)
    {
        string text = element.GetRawText().ReplaceLineEndings(" ");
        return text.Length > LongestFound ? text[..LongestFound] + "…" : text;
    }
}
