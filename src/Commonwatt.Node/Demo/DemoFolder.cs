using System.Globalization;
using System.Text.Json;
using Commonwatt.Node.Configuration;

namespace Commonwatt.Node.Demo;

/// <summary>The folder of a demo: what it was begun with, its ledger, its tables and its keys.</summary>
internal sealed class DemoFolder
{
    private const string Kind = "commonwatt demo";
    private const string LedgerName = "ledger";
    private const string GenesisName = "community.genesis";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private DemoFolder(string path, DemoBeginning beginning)
    {
        Path = path;
        Beginning = beginning;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the demo was begun with.</summary>
    public DemoBeginning Beginning { get; }

    /// <summary>The folder of the ledger.</summary>
    public string Ledger => System.IO.Path.Combine(Path, LedgerName);

    /// <summary>The file of the ledger's genesis.</summary>
    public string Genesis => System.IO.Path.Combine(Path, GenesisName);

    /// <summary>The file that keeps where homes stand between stretches.</summary>
    public string Life => System.IO.Path.Combine(Path, "life.json");

    /// <summary>Whether the ledger is there, with its history.</summary>
    public bool HasHistory => HasHistoryIn(Path);

    /// <summary>Whether a folder has a ledger with its history.</summary>
    public static bool HasHistoryIn(string path) => Directory.Exists(System.IO.Path.Combine(path, LedgerName)) && File.Exists(System.IO.Path.Combine(path, GenesisName));

    /// <summary>Whether a folder is a demo's.</summary>
    public static bool IsOne(string path) => Read(System.IO.Path.GetFullPath(path)) is not null;

    /// <summary>Opens the demo in a folder, or begins a new one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="beginning">What a new one is begun with; an earlier one must have been begun with as many homes and the same seed.</param>
    /// <exception cref="InvalidDataException">The folder holds something else, or another demo.</exception>
    public static DemoFolder Open(string path, DemoBeginning beginning)
    {
        string whole = System.IO.Path.GetFullPath(path);
        if (Read(whole) is { } found)
        {
            return found.Homes == beginning.Homes && found.Seed == beginning.Seed
                ? new DemoFolder(whole, found)
                : throw new InvalidDataException($"The demo in '{path}' has {found.Homes} homes and the seed {found.Seed}: say --homes {found.Homes} --seed {found.Seed} to go on with it, or --fresh to begin anew.");
        }

        if (Directory.Exists(whole) && Directory.EnumerateFileSystemEntries(whole).Any())
        {
            throw new InvalidDataException($"'{path}' holds something else than a demo: name another folder with --folder.");
        }

        OwnersFiles.FromNowOn();
        Directory.CreateDirectory(whole);
        File.WriteAllText(MarkIn(whole), JsonSerializer.Serialize(beginning, Format));
        return new DemoFolder(whole, beginning);
    }

    /// <summary>Deletes the demo in a folder; one that is not there is no matter.</summary>
    /// <exception cref="InvalidDataException">The folder holds something else: it is left alone.</exception>
    public static void Erase(string path)
    {
        string whole = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(whole) || !Directory.EnumerateFileSystemEntries(whole).Any())
        {
            return;
        }

        if (Read(whole) is null)
        {
            throw new InvalidDataException($"'{path}' holds something else than a demo, and is not deleted: name another folder with --folder.");
        }

        using (FolderLock.Take(whole, "a demo"))
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(whole).Where(entry => !string.Equals(entry, MarkIn(whole), StringComparison.Ordinal) && !FolderLock.IsOf(entry)))
            {
                Delete(entry);
            }
        }

        Directory.Delete(whole, recursive: true);
    }

    /// <summary>Makes the ledger in a folder beside its own, and puts it in its place when it is whole.</summary>
    /// <param name="make">Makes it in the folder it is given.</param>
    public void MakeLedger(Action<string> make)
    {
        string unfinished = Ledger + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        make(unfinished);
        Directory.Move(unfinished, Ledger);
    }

    /// <summary>The community's time when the demo was last seen, or null.</summary>
    public Instant? LastTime() =>
        File.Exists(TimeFile) && long.TryParse(File.ReadAllText(TimeFile), NumberStyles.None, CultureInfo.InvariantCulture, out long at) ? new Instant(at) : null;

    /// <summary>Keeps the community's time, so that the next start goes on from it.</summary>
    public void NoteTime(Instant now)
    {
        string unfinished = TimeFile + ".new";
        File.WriteAllText(unfinished, now.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
        File.Move(unfinished, TimeFile, overwrite: true);
    }

    private string TimeFile => System.IO.Path.Combine(Path, "time.txt");

    private static void Delete(string entry)
    {
        if (Directory.Exists(entry))
        {
            Directory.Delete(entry, recursive: true);
        }
        else
        {
            File.Delete(entry);
        }
    }

    private static string MarkIn(string path) => System.IO.Path.Combine(path, "demo.json");

    private static DemoBeginning? Read(string path)
    {
        if (!File.Exists(MarkIn(path)))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<DemoBeginning>(File.ReadAllText(MarkIn(path)), Format) is { Kind: Kind } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a demo is begun with.</summary>
    /// <param name="Homes">How many homes there are.</param>
    /// <param name="Seed">What they are made up from.</param>
    /// <param name="FirstDay">The first local day of its history.</param>
    /// <param name="EndMs">When its history ends, as the ledger counts time.</param>
    internal sealed record DemoBeginning(int Homes, ulong Seed, DateOnly FirstDay, long EndMs)
    {
        /// <summary>That it is a demo's folder.</summary>
        public string Kind { get; init; } = DemoFolder.Kind;

        /// <summary>When its history ends.</summary>
        [System.Text.Json.Serialization.JsonIgnore]
        public Instant End => new(EndMs);
    }
}
