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

    /// <summary>A file that is to be written, and is not the one that is read.</summary>
    /// <exception cref="InvalidDataException">It is that one, or cannot be written there.</exception>
    public static string OutputFile(string path, string input)
    {
        string full = Path.GetFullPath(path);
        if (string.Equals(full, Path.GetFullPath(input), StringComparison.Ordinal))
        {
            throw new InvalidDataException($"'{path}' is the file that is read: name another one to write to.");
        }

        if (Directory.Exists(full) || !Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new InvalidDataException($"'{path}' cannot be written: {(Directory.Exists(full) ? "it is a folder" : "its folder does not exist")}. Name a file.");
        }

        return path;
    }
}
