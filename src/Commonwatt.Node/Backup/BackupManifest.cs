using System.Text.Json;
using System.Text.Json.Serialization;
using Commonwatt.Node.Federation;

namespace Commonwatt.Node.Backup;

/// <summary>What a backup holds: written last, so that a backup that was cut off has none.</summary>
/// <param name="Name">The community's name.</param>
/// <param name="LedgerId">Its ledger's id.</param>
/// <param name="Height">The height of the newest block in it.</param>
/// <param name="Tip">That block's hash.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="HasKeys">Whether it holds private keys.</param>
/// <param name="Files">Its files.</param>
internal sealed record BackupManifest(string Name, string LedgerId, ulong Height, string Tip, DateTimeOffset MadeAt, bool HasKeys, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The name that it has in a backup.</summary>
    public const string EntryName = "backup.json";

    /// <summary>Whether it is a demo's.</summary>
    [JsonIgnore]
    public bool IsOfDemo => Files.Any(file => file.Path == "demo.json");

    private const string RightFormat = "commonwatt backup 1";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>What kind of file it is the list of.</summary>
    public string Format { get; init; } = RightFormat;

    /// <summary>As it is written.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads a list.</summary>
    /// <exception cref="InvalidDataException">It is none that this build knows.</exception>
    public static BackupManifest Read(Stream stream)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(stream, Options) is { Format: RightFormat, Files: not null, Tip: not null } read && read.Files.All(file => file is { Path.Length: > 0, Sha256: not null })
                ? read
                : throw new InvalidDataException("The backup's list of files is of a kind that this build does not know.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"The backup's list of files cannot be read at {UnreadRequest.PlaceOf(malformed)}: {UnreadRequest.ReasonOf(malformed)}", malformed);
        }
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Its path in the community's folder, with slashes.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="Sha256">Their SHA-256, in hexadecimal digits.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);
