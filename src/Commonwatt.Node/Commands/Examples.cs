using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Commonwatt.Node.Commands;

/// <summary>Puts each verb's examples at the end of its help.</summary>
internal static class Examples
{
    /// <summary>Makes the help of <paramref name="root"/> and of every verb below it end with an example.</summary>
    public static void AddToHelp(RootCommand root, string example)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!, example);
    }

    /// <summary>A verb as one types it: <c>commonwatt bench clearing</c>.</summary>
    public static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{Path(parent)} {command.Name}"
        : "commonwatt";

    private sealed class HelpWithExamples(SynchronousCommandLineAction help, string rootExample) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            IReadOnlyList<string> examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : [rootExample];
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (string example in examples)
            {
                output.WriteLine($"  {example}");
            }

            return code;
        }
    }
}
