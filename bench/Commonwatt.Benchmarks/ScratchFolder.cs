namespace Commonwatt.Benchmarks;

/// <summary>A folder for one measurement, removed with all in it afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("commonwatt-bench-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
