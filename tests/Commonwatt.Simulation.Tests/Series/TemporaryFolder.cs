using System.IO.Compression;
using System.Text;
using Commonwatt.Simulation.Scenarios;
using Commonwatt.Simulation.Series;

namespace Commonwatt.Simulation.Tests.Series;

/// <summary>A folder for files that a test makes; gone when it is disposed of.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("commonwatt-").FullName;

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Reads a file's load_kwh column, with the default names of the other columns.</summary>
    public ScenarioResult<SeriesFile> Read(string name, bool skipBadRows = false) =>
        SeriesFile.Read(new SeriesFileRequest(System.IO.Path.Combine(Path, name), name, "timestamp", "meter", [new ValueColumn("load_kwh", 100_000)])
        {
            NeedsMeters = true,
            SkipBadRows = skipBadRows,
        });

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
