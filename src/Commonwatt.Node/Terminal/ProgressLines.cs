using System.Globalization;

namespace Commonwatt.Node.Terminal;

/// <summary>Says how far long work has come in lines, for a log or a pipe: one for each tenth, once the work takes longer than a second.</summary>
/// <param name="output">Where to.</param>
/// <param name="title">What is done.</param>
/// <param name="clock">The clock.</param>
internal sealed class ProgressLines(TextWriter output, string title, TimeProvider clock) : IProgress<double>
{
    private const int Parts = 10;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private readonly long began = clock.GetTimestamp();
    private int told;

    /// <inheritdoc/>
    public void Report(double value)
    {
        int part = (int)(value * Parts);
        if (part > told && clock.GetElapsedTime(began) >= Short)
        {
            told = part;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {part * 100 / Parts}%"));
            output.Flush();
        }
    }
}
