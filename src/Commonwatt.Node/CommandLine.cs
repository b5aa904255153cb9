using System.CommandLine;
using System.CommandLine.Invocation;
using Commonwatt.Ledger.Validation;
using Commonwatt.Node.Commands;

namespace Commonwatt.Node;

/// <summary>The command line as a whole: its verbs, its errors and its exit codes.</summary>
public static class CommandLine
{
    // A node that is told to stop brings its files in order first.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(1);

    /// <summary>Runs one command.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where progress and errors go.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = Tree().Parse(args);
        InvocationConfiguration streams = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToStop };
        if (parsed.Action is ParseErrorAction misread)
        {
            // The library's own words and its guess at what was meant, but not its exit code, which is 1.
            misread.ShowHelp = false;
            streams.Output = error;
            parsed.Invoke(streams);
            await error.WriteLineAsync($"See: ./{Examples.Path(parsed.CommandResult.Command)} --help").ConfigureAwait(false);
            return ExitCode.WrongInput;
        }

        try
        {
            return await parsed.InvokeAsync(streams).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(wrong.Message).ConfigureAwait(false);
            return ExitCode.WrongInput;
        }
        catch (NodeStoppedException stopped) when (stopped.InnerException is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(stopped.Message).ConfigureAwait(false);
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped. Earlier results are as they were.").ConfigureAwait(false);
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            await error.WriteLineAsync($"This is a fault in Commonwatt and not in your input. Please report it with what follows.\n{fault}").ConfigureAwait(false);
            return ExitCode.CheckFailed;
        }
    }

    private static RootCommand Tree()
    {
        RootCommand root = new("Runs local energy markets: simulate a community, clear orders, check a ledger, run a federation of validators.")
        {
            SimulateCommand.Create(),
            ClearCommand.Create(),
            VerifyCommand.Create(),
            ProofCommand.Create(),
            CheckProofCommand.Create(),
            HeadersCommand.Create(),
            LightClientCommand.Create(),
            DemoCommand.Create(),
            FoundCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            NodeCommand.Create(),
            ClusterCommand.Create(),
            KeyCommand.Create(),
            TransferCommand.Create(),
            ReportEquivocationCommand.Create(),
            VotedCommand.Create(),
            BenchCommand.Create(),
        };
        Examples.AddToHelp(root, "./commonwatt simulate scenarios/neighbourhood.json");
        return root;
    }
}
