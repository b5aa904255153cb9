using Spectre.Console;

namespace Commonwatt.Node.Terminal;

/// <summary>Shows how far long work has come, on standard error and only where a person looks at it.</summary>
internal static class ProgressBar
{
    /// <summary>Does <paramref name="work"/>, which reports its progress from 0 to 1.</summary>
    public static T During<T>(TextWriter error, string title, Func<IProgress<double>, T> work)
    {
        if (!ReferenceEquals(error, Console.Error) || Console.IsErrorRedirected)
        {
            return work(new Bar(null));
        }

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
