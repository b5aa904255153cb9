using System.Text.Json;
using System.Text.Json.Serialization;
using Commonwatt.Node.Configuration;

namespace Commonwatt.Node.Trial;

/// <summary>The configurations of a trial's nodes.</summary>
/// <param name="folder">The trial.</param>
/// <param name="port">The first node listens at the port after it, and so on; 0 for ports that are free.</param>
internal sealed class TrialConfiguration(TrialFolder folder, int port)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Where a node listens.</summary>
    public string UrlOf(int index) => $"http://127.0.0.1:{(port == 0 ? 0 : port + 1 + index)}";

    /// <summary>The configuration of a node in this process.</summary>
    public NodeConfiguration Of(int index)
    {
        string node = folder.Nodes[index];
        return new NodeConfiguration
        {
            Folder = folder.FolderOf(node),
            Genesis = folder.GenesisFile,
            Key = folder.KeyOf(node),
            Listen = UrlOf(index),
            Peers = port == 0 ? [] : [.. Peers(index).Select(url => new Uri(url))],
            Order = new OrderConfiguration.Local(),
            IsKeyNew = folder.IsKeyNew(node),
        };
    }

    /// <summary>Writes the configuration of a node that a process of its own runs, with a broker.</summary>
    /// <param name="index">The node.</param>
    /// <param name="endpoints">The broker's nodes.</param>
    /// <param name="accounts">The folder with the passwords of the broker's accounts.</param>
    /// <returns>The file.</returns>
    public string Write(int index, IReadOnlyList<string> endpoints, string accounts)
    {
        string node = folder.Nodes[index];
        string user = folder.KeyOf(node) is null ? "reader" : node;
        string file = Path.Combine(folder.FolderOf(node), "node.json");
        Directory.CreateDirectory(folder.FolderOf(node));
        File.WriteAllText(file, JsonSerializer.Serialize(
            new
            {
                folder = folder.FolderOf(node),
                genesis = folder.GenesisFile,
                key = folder.KeyOf(node),
                isKeyNew = folder.IsKeyNew(node) ? true : default(bool?),
                listen = UrlOf(index),
                peers = Peers(index),
                order = new { kind = "broker", endpoints, user, passwordFile = Path.Combine(accounts, $"{user}.password") },
            },
            Format));
        return file;
    }

    private IEnumerable<string> Peers(int index) => Enumerable.Range(0, folder.Nodes.Count).Where(other => other != index).Select(UrlOf);
}
