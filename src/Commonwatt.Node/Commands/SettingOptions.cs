using System.CommandLine;
using Commonwatt.Node.Configuration;

namespace Commonwatt.Node.Commands;

/// <summary>A node's settings on the command line, over its environment and its file; for every command that reads a node's configuration.</summary>
internal static class SettingOptions
{
    /// <summary>Any setting.</summary>
    public static readonly Option<string[]> Set = new("--set") { Description = "Any setting in place of what the configuration says, such as --set community.telemetry.endpoint=http://127.0.0.1:4317; may be given again", HelpName = "NAME=VALUE" };

    /// <summary>Where the settings of a node come from.</summary>
    /// <param name="path">The configuration.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="named">Settings that have options of their own.</param>
    /// <exception cref="InvalidDataException">A variable or an option names no setting, or gives no value.</exception>
    public static SettingSources Read(string path, ParseResult parsed, params ReadOnlySpan<Option<string?>> named)
    {
        var given = new List<(string Name, string Value, string Option)>();
        foreach (string text in parsed.GetValue(Set) ?? [])
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            given.Add(sign > 0
                ? (text[..sign], text[(sign + 1)..], Set.Name)
                : throw new InvalidDataException($"{Set.Name}: '{text}' gives no value; write NAME=VALUE, such as log=json."));
        }

        foreach (Option<string?> option in named)
        {
            if (parsed.GetValue(option) is { } value)
            {
                given.Add((option.Name.TrimStart('-'), value, option.Name));
            }
        }

        return new SettingSources(path, Environment.GetEnvironmentVariables(), given);
    }
}
