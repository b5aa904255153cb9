using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Commonwatt.Node.Configuration;

/// <summary>Where a node's settings come from: the file, over it the environment, over that the command line. Says of each where it was given.</summary>
internal sealed class SettingSources
{
    /// <summary>What the names of environment variables that are settings begin with; then the setting's name, in capitals, with <c>_</c> for each dot.</summary>
    public const string Prefix = "COMMONWATT_NODE_";

    /// <summary>The names of all settings, as they stand in the file, with a dot between an object and its field.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "folder", "genesis", "key", "listen", "peers", "snapshotEvery", "trustedValidators", "carried", "isKeyNew", "log",
        "order.kind", "order.endpoints", "order.virtualHost", "order.user", "order.passwordFile", "order.number", "order.makesStreams", "order.replicas",
        "order.tls.serverName", "order.tls.authorityFile", "order.tls.certificateFile", "order.tls.keyFile",
        "community.timeZone", "community.currency", "community.relyingParty", "community.origins", "community.trustedProxies", "community.gatewayKey", "community.agentKey", "community.bootstrapKey",
        "community.pages", "community.pagesFolder", "community.database.kind", "community.database.folder", "community.database.connectionFile", "community.database.connection",
        "community.telemetry.endpoint", "community.telemetry.metricsPage",
    ];

    private readonly string file;
    private readonly List<(string Name, string Value, string Source)> given = [];

    /// <summary>The file alone.</summary>
    public SettingSources(string file) => this.file = file;

    /// <summary>The file, the environment and the command line.</summary>
    /// <param name="file">The file.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="arguments">What the command line gives: a setting's name, its value, and the option that gave it.</param>
    /// <exception cref="InvalidDataException">A variable or an argument names no setting.</exception>
    public SettingSources(string file, IDictionary environment, IEnumerable<(string Name, string Value, string Option)> arguments)
        : this(file)
    {
        var problems = new List<string>();
        foreach (string variable in environment.Keys.Cast<string>().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            Take(Names.FirstOrDefault(name => string.Equals(VariableOf(name), variable, StringComparison.Ordinal)), (string)environment[variable]!, $"the environment variable {variable}", variable, problems);
        }

        foreach ((string name, string value, string option) in arguments)
        {
            Take(Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.Ordinal)), value, option, $"{option}: '{name}'", problems);
        }

        if (problems.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', problems));
        }
    }

    /// <summary>The environment variable that gives a setting.</summary>
    public static string VariableOf(string name) => Prefix + name.Replace('.', '_').ToUpperInvariant();

    /// <summary>Where a setting's value comes from, as a sentence about it begins.</summary>
    public string Of(string name) => SourceOf(name) ?? file;

    /// <summary>Whether a setting was given by the environment or the command line: paths in it count from the current folder.</summary>
    public bool IsOver(string name) => SourceOf(name) is not null;

    /// <summary>Puts what the environment and the command line give in the place of what the file says.</summary>
    public void ApplyTo(JsonObject settings)
    {
        foreach ((string name, string value, _) in given)
        {
            JsonObject at = settings;
            string[] path = name.Split('.');
            foreach (string part in path[..^1])
            {
                if (at[part] is not JsonObject next)
                {
                    next = [];
                    at[part] = next;
                }

                at = next;
            }

            at[path[^1]] = Parse(value);
        }
    }

    // A setting within one that was given whole is said to be from where that is.
    private string? SourceOf(string name) => given.LastOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)).Source;

    private void Take(string? name, string value, string source, string what, List<string> problems)
    {
        if (name is null)
        {
            problems.Add($"{what} names no setting of a node; the settings are {string.Join(", ", Names)}.");
            return;
        }

        given.Add((name, value, source));
    }

    // Numbers, truth values and lists are written as in the file; everything else is a text, and needs no quotes.
    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value) is { } node && node.GetValueKind() is not JsonValueKind.Object ? node : JsonValue.Create(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
