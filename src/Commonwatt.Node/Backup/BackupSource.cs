using System.Text.Json;
using System.Text.Json.Nodes;
using Commonwatt.Node.Community;
using Commonwatt.Node.Configuration;
using Commonwatt.Node.Databases;
using Dapper;

namespace Commonwatt.Node.Backup;

/// <summary>Backs a community's folder up, also while its node runs.</summary>
/// <param name="sources">Where the node's settings come from.</param>
/// <param name="configurationFile">The node's configuration.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Told what the backup lacks, and what to do about it.</param>
internal sealed class BackupSource(SettingSources sources, string configurationFile, TimeProvider clock, Action<string> log)
{
    /// <summary>The tables that are no copy of the ledger.</summary>
    public const string Tables = "community.db";

    private static readonly string[] CommunityKeys = ["gatewayKey", "agentKey", "bootstrapKey"];
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>Writes the backup.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="withKeys">Whether private keys are in it.</param>
    public BackupManifest Write(string path, bool withKeys)
    {
        NodeConfiguration configuration = ConfigurationFile.Read(configurationFile, sources);
        using var writer = new BackupWriter(path);
        using var scratch = new ScratchFolder(path);

        // Tables first: a ledger that is ahead of them knows more than they do, and tables ahead of the ledger would believe what it lacks.
        AddTables(configuration, writer, scratch);
        var ledger = LedgerCopy.OfFolder(configuration.Folder, scratch.Path);
        writer.AddFile("data/community.ledger", System.IO.Path.Combine(scratch.Path, "community.ledger"));
        writer.AddFile("community.genesis", configuration.Genesis);
        AddTableKeys(configuration.Folder, $"data/{CommunityParts.PeopleKeys}", writer);
        if (withKeys)
        {
            AddKeys(configuration, writer);
        }

        using (var settings = new MemoryStream(Settings()))
        {
            writer.Add("node.json", settings);
        }

        return writer.Finish(files => new BackupManifest(ledger.Genesis.Name, ledger.Genesis.Id.ToString(), ledger.Tip.Height, ledger.Tip.HeaderHash().ToString(), clock.GetUtcNow(), withKeys, files));
    }

    // Without them the codes of those who sign in with a password fit no more, and nobody could come in by them.
    internal static void AddTableKeys(string folder, string name, BackupWriter writer)
    {
        string keys = System.IO.Path.Combine(folder, CommunityParts.PeopleKeys);
        foreach (string file in Directory.Exists(keys) ? Directory.GetFiles(keys, "*.xml") : [])
        {
            writer.AddFile($"{name}/{System.IO.Path.GetFileName(file)}", file);
        }
    }

    internal static void AddDatabase(string folder, string name, BackupWriter writer, ScratchFolder scratch)
    {
        string copy = System.IO.Path.Combine(scratch.Path, Tables);
        using (var database = new SqliteDatabase(System.IO.Path.Combine(folder, Tables)))
        using (System.Data.Common.DbConnection connection = database.Open())
        {
            connection.Execute("VACUUM INTO @copy", new { copy });
        }

        writer.AddFile(name, copy);
    }

    private void AddTables(NodeConfiguration configuration, BackupWriter writer, ScratchFolder scratch)
    {
        switch (configuration.Community?.Database)
        {
            case DatabaseConfiguration.Postgres:
                log("The community's tables are in PostgreSQL, and not in this backup: back them up with pg_dump, before this command, and keep both together.");
                break;
            case DatabaseConfiguration.Sqlite sqlite when File.Exists(System.IO.Path.Combine(sqlite.Folder, Tables)):
                AddDatabase(sqlite.Folder, $"data/{Tables}", writer, scratch);
                break;
            default:
                break;
        }
    }

    private static void AddKeys(NodeConfiguration configuration, BackupWriter writer)
    {
        (string Name, string? File)[] keys =
        [
            ("validator", configuration.Key), ("gateway", configuration.Community?.GatewayKey), ("agent", configuration.Community?.AgentKey), ("manager", configuration.Community?.BootstrapKey),
        ];
        foreach ((string name, string? file) in keys)
        {
            if (file is not null)
            {
                writer.AddFile($"keys/{name}.pem", file);
            }
        }

    }

    // The restored node finds everything in its own folder, wherever that was before.
    private byte[] Settings()
    {
        JsonObject settings = JsonNode.Parse(File.ReadAllBytes(configurationFile), documentOptions: Lenient)!.AsObject();
        sources.ApplyTo(settings);
        settings["folder"] = "data";
        settings["genesis"] = "community.genesis";
        settings.Remove("isKeyNew");
        if (settings.ContainsKey("key"))
        {
            settings["key"] = "keys/validator.pem";
        }

        if (settings["community"] is JsonObject community)
        {
            foreach (string key in CommunityKeys.Where(community.ContainsKey))
            {
                community[key] = $"keys/{(key == "bootstrapKey" ? "manager" : key[..^"Key".Length])}.pem";
            }

            if (community["database"] is JsonObject database)
            {
                // A connection may hold a password: whoever restores names his own.
                database.Remove("connection");
                if (database.ContainsKey("folder"))
                {
                    database["folder"] = "data";
                }
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(settings, Format);
    }
}

/// <summary>A folder for what is not whole yet, beside the file it is made for, gone when that is done.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    /// <param name="beside">The file that is made.</param>
    public ScratchFolder(string beside)
    {
        Path = System.IO.Path.GetFullPath(beside) + ".unfinished";
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
