namespace Commonwatt.Simulation.Results;

/// <summary>The folder that a run's files go to. They appear in it all together at the end: a run that breaks off leaves earlier results as they were.</summary>
/// <remarks>Files are written to a hidden folder inside and moved when <see cref="Publish"/> is called; other files in the folder are left alone.</remarks>
public sealed class ResultFolder : IDisposable
{
    private readonly string staging;
    private readonly SortedSet<string> names = new(StringComparer.Ordinal);

    private ResultFolder(string path, string staging)
    {
        Path = path;
        this.staging = staging;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Opens a folder for results, and makes it where there is none.</summary>
    /// <param name="path">The folder, absolute or relative to the current one.</param>
    /// <exception cref="InvalidDataException">The path is a file or cannot be written to; the message says which and what would be right.</exception>
    public static ResultFolder Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidDataException("No folder is named for the results: name one with --out, such as --out results.");
        }

        string full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new InvalidDataException($"Results cannot go to '{path}': it is a file. Name a folder with --out.");
        }

        string hidden = System.IO.Path.Combine(full, $".unfinished-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(hidden);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new InvalidDataException($"Results cannot go to '{path}': {refused.Message} Name a folder you may write to with --out.", refused);
        }

        return new ResultFolder(full, hidden);
    }

    /// <summary>Begins a file of the results.</summary>
    /// <param name="name">The file's name, such as <c>trades.csv</c>.</param>
    public Stream Create(string name) => new FileStream(Unfinished(name), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);

    /// <summary>Where a file of the results is until <see cref="Publish"/> is called, for what must open it by path.</summary>
    /// <param name="name">The file's name, such as <c>community.ledger</c>.</param>
    public string Unfinished(string name)
    {
        names.Add(name);
        return System.IO.Path.Combine(staging, name);
    }

    /// <summary>Puts the files that were asked for in place, over those of an earlier run. All of them must be closed.</summary>
    public void Publish()
    {
        foreach (string name in names)
        {
            File.Move(System.IO.Path.Combine(staging, name), System.IO.Path.Combine(Path, name), overwrite: true);
        }
    }

    /// <summary>Removes what was not published, and the folder itself where nothing is in it.</summary>
    public void Dispose()
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        if (Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }
}
