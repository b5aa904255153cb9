using System.CommandLine;

namespace Commonwatt.Node.Commands;

/// <summary>Options and arguments that several verbs have, worded once.</summary>
internal static class SharedOptions
{
    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on standard output and nothing else" };

    /// <summary>A file that must be there.</summary>
    /// <exception cref="InvalidDataException">It is not; the message says what is there instead.</exception>
    public static string RequireFile(string path, string what)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is a folder: name the {what} itself.");
        }

        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no file '{path}': name the {what}, from the current folder {Directory.GetCurrentDirectory()} or from the root.");
        }

        return path;
    }
}
