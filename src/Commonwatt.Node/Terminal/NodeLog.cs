using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Commonwatt.Node.Terminal;

/// <summary>Writes what happens, a line each with its time. Any thread may.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">The clock.</param>
/// <param name="name">What the lines are about, where several nodes write; or empty.</param>
/// <param name="isJson">Whether each line is a JSON object, for programs.</param>
internal sealed class NodeLog(TextWriter output, TimeProvider clock, string name = "", bool isJson = false)
{
    private static readonly JsonSerializerOptions Format = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a sentence.</summary>
    public void Write(string sentence)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string line = isJson ? Json(now, sentence) : $"{Time(now, "yyyy-MM-dd HH:mm:ss'Z'")}  {(name.Length == 0 ? "" : $"{name}: ")}{sentence}";
        lock (output)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private string Json(DateTimeOffset now, string sentence) => JsonSerializer.Serialize(
        new { time = Time(now, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), node = name.Length == 0 ? null : name, trace = Activity.Current?.TraceId.ToString(), message = sentence },
        Format);

    private static string Time(DateTimeOffset now, string format) => now.ToString(format, CultureInfo.InvariantCulture);
}
