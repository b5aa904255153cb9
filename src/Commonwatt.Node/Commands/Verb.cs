using System.CommandLine;

namespace Commonwatt.Node.Commands;

/// <summary>A command whose help ends with an example that works.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">What it does, in a sentence.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Whole command lines that work.</summary>
    public IReadOnlyList<string> Examples => examples;
}
