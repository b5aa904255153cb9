using Spectre.Console;

namespace Commonwatt.Node.Terminal;

/// <summary>Shows how far long work has come, on standard error where a person looks at it.</summary>
internal static class ProgressBar
{
    /// <summary>Does <paramref name="work"/>, which reports its progress from 0 to 1.</summary>
    public static T During<T>(TextWriter error, string title, Func<IProgress<double>, T> work) => IsSeen(error) ? Draw(error, title, work) : work(new Bar(null));

    /// <summary>Does <paramref name="work"/>, and tells also where nobody looks at a bar how far it has come: a line for each tenth, once it takes longer than a second.</summary>
    public static T WithLines<T>(TextWriter error, string title, TimeProvider clock, Func<IProgress<double>, T> work) =>
        IsSeen(error) ? Draw(error, title, work) : work(new ProgressLines(error, title, clock));

    private static bool IsSeen(TextWriter error) => ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;

    private static T Draw<T>(TextWriter error, string title, Func<IProgress<double>, T> work)
    {

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask(title, maxValue: 1))));
    }

    private sealed class Bar(ProgressTask? task) : IProgress<double>
    {
        public void Report(double value)
        {
            if (task is not null)
            {
                task.Value = value;
            }
        }
    }
}
