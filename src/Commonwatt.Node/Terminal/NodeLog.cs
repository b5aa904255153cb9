using System.Globalization;

namespace Commonwatt.Node.Terminal;

/// <summary>Writes what happens, a line each with its time. Any thread may.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">The clock.</param>
/// <param name="name">What the lines are about, where several nodes write; or empty.</param>
internal sealed class NodeLog(TextWriter output, TimeProvider clock, string name = "")
{
    /// <summary>Writes a sentence.</summary>
    public void Write(string sentence)
    {
        string time = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        lock (output)
        {
            output.WriteLine($"{time}  {(name.Length == 0 ? "" : $"{name}: ")}{sentence}");
            output.Flush();
        }
    }
}
