using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Commonwatt.Node.Federation;

namespace Commonwatt.Node.Configuration;

/// <summary>Reads a node's configuration, and says of every value that is wrong what would be right.</summary>
internal static class ConfigurationFile
{
    private const long MostBytes = 1024 * 1024;
    private const int MostPeers = 100;
    private const string UsualListen = "http://127.0.0.1:7100";

    // What stands in the file is shown as it stands there.
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Reads a file. Paths in it count from its folder.</summary>
    /// <exception cref="InvalidDataException">It is wrong; the message has a line for each thing that is.</exception>
    public static NodeConfiguration Read(string path) => Read(path, new SettingSources(path));

    /// <summary>Reads a file, and what the environment and the command line give in place of what it says.</summary>
    /// <param name="path">The file. Paths in it count from its folder, others from the current one.</param>
    /// <param name="sources">Where settings come from.</param>
    /// <exception cref="InvalidDataException">A setting is wrong; the message has a line for each that is.</exception>
    public static NodeConfiguration Read(string path, SettingSources sources)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new InvalidDataException($"{path}: a configuration has at most {MostBytes} bytes.");
        }

        try
        {
            using JsonDocument document = Merge(JsonDocument.Parse(File.ReadAllBytes(path), Format), sources);
            var problems = new List<string>();
            var fields = ConfigurationFields.Open(document.RootElement, "", Path.GetDirectoryName(Path.GetFullPath(path))!, sources, problems);
            NodeConfiguration? read = fields is null ? null : ReadNode(fields);
            return read is not null && problems.Count == 0
                ? read
                : throw new InvalidDataException(string.Join('\n', problems));
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{path} is not JSON at {UnreadRequest.PlaceOf(malformed)}: {UnreadRequest.ReasonOf(malformed)}", malformed);
        }
    }

    /// <summary>What is wrong with where a node is to listen, as a sentence; or null.</summary>
    public static string? FaultOfListen(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || uri.Host == "localhost")
            ? null
            : $"'{text}' is not where a node can listen; give http, a numeric address and a port, such as '{UsualListen}' for this machine alone or 'http://0.0.0.0:7100' for everybody.";

    private static JsonDocument Merge(JsonDocument document, SettingSources sources)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return document;
        }

        using (document)
        {
            var settings = JsonObject.Create(document.RootElement)!;
            sources.ApplyTo(settings);
            return JsonDocument.Parse(settings.ToJsonString(AsWritten));
        }
    }

    private static NodeConfiguration? ReadNode(ConfigurationFields fields)
    {
        fields.Allow("folder", "genesis", "key", "listen", "peers", "order", "snapshotEvery", "trustedValidators", "carried", "isKeyNew", "log", "community");
        string? folder = fields.Path("folder", "the folder for this node's files, such as 'data'", isRequired: true, mustExist: false);
        string? genesis = fields.Path("genesis", "the file of the ledger's genesis, such as 'community.genesis'", isRequired: true);
        string? key = fields.Path("key", "the file of this validator's key, such as 'validator.pem'; leave it out for a follower");
        OrderConfiguration? order = ReadOrder(fields);
        string listen = ReadListen(fields);
        IReadOnlyList<Uri> peers = ReadPeers(fields);
        int snapshotEvery = (int)fields.WholeNumber("snapshotEvery", 0, 1_000_000_000, 1000);
        string? trusted = fields.Path("trustedValidators", "a file of validators that you trust, as 'verify --validators-out' writes it");
        IReadOnlyList<string> carried = fields.Paths("carried", MostPeers, "files of blocks that others signed, as './commonwatt voted' writes them, such as [\"a.voted\"]");
        bool isKeyNew = fields.Flag("isKeyNew");
        bool hasJsonLog = ReadLog(fields);
        CommunityConfiguration? community = CommunityFields.Read(fields, folder, listen);
        return folder is null || genesis is null || order is null ? null : new NodeConfiguration
        {
            Folder = folder,
            Genesis = genesis,
            Key = key,
            Listen = listen,
            Peers = peers,
            Order = order,
            SnapshotEvery = snapshotEvery,
            TrustedValidators = trusted,
            Carried = carried,
            IsKeyNew = isKeyNew,
            HasJsonLog = hasJsonLog,
            Community = community,
        };
    }

    private static bool ReadLog(ConfigurationFields fields)
    {
        string text = fields.Text("log", "'text' or 'json'") ?? "text";
        if (text is not ("text" or "json"))
        {
            fields.Refuse("log", $"'{text}' is no form of a log; give 'text' for people or 'json' for programs.");
        }

        return text == "json";
    }

    private static string ReadListen(ConfigurationFields fields)
    {
        string text = fields.Text("listen", $"where to listen, such as '{UsualListen}'") ?? UsualListen;
        if (FaultOfListen(text) is { } fault)
        {
            fields.Refuse("listen", fault);
        }

        return text;
    }

    private static List<Uri> ReadPeers(ConfigurationFields fields)
    {
        var peers = new List<Uri>();
        foreach (string text in fields.Texts("peers", MostPeers, "the addresses of other nodes, such as [\"http://127.0.0.1:7102\"]"))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            {
                peers.Add(uri!);
            }
            else
            {
                fields.Refuse("peers", $"'{text}' is not the address of a node; give one such as 'http://127.0.0.1:7102'.");
            }
        }

        return peers;
    }

    private static OrderConfiguration? ReadOrder(ConfigurationFields fields)
    {
        if (fields.Object("order", "where batches get their order: {\"kind\": \"local\"} or {\"kind\": \"broker\", …}", isRequired: true) is not { } order)
        {
            return null;
        }

        switch (order.Text("kind", "'local' or 'broker'", isRequired: true))
        {
            case "local":
                order.Allow("kind");
                return new OrderConfiguration.Local();
            case "broker":
                return ReadBroker(order);
            case { } other:
                order.Refuse("kind", $"'{other}' is no kind of order; give 'local' for one validator alone, or 'broker' for several.");
                return null;
            default:
                return null;
        }
    }

    private static OrderConfiguration.Broker? ReadBroker(ConfigurationFields order)
    {
        order.Allow("kind", "endpoints", "virtualHost", "user", "passwordFile", "number", "makesStreams", "replicas", "tls");
        IReadOnlyList<string> endpoints = order.Texts("endpoints", 9, "the broker's nodes, such as [\"127.0.0.1:5701\"]", isRequired: true);
        string? user = order.Text("user", "the broker's account for this node, such as 'validator-1'", isRequired: true);
        string? passwordFile = order.Path("passwordFile", "the file with that account's password", isRequired: true);
        string virtualHost = order.Text("virtualHost", "the broker's virtual host, such as 'commonwatt'") ?? "commonwatt";
        uint number = (uint)order.WholeNumber("number", 0, uint.MaxValue, 0);
        bool makesStreams = order.Flag("makesStreams");
        int replicas = (int)order.WholeNumber("replicas", 1, 9, 3);
        TlsConfiguration? tls = ReadTls(order);
        return user is null || passwordFile is null ? null : new OrderConfiguration.Broker
        {
            Endpoints = endpoints,
            User = user,
            PasswordFile = passwordFile,
            VirtualHost = virtualHost,
            Number = number,
            MakesStreams = makesStreams,
            Replicas = replicas,
            Tls = tls,
        };
    }

    private static TlsConfiguration? ReadTls(ConfigurationFields order)
    {
        if (order.Object("tls", "how the connection is encrypted, such as {\"authorityFile\": \"ca.pem\"}") is not { } tls)
        {
            return null;
        }

        tls.Allow("serverName", "authorityFile", "certificateFile", "keyFile");
        return new TlsConfiguration(
            tls.Text("serverName", "the name in the broker's certificate"),
            tls.Path("authorityFile", "the file of certificates that are trusted"),
            tls.Path("certificateFile", "the file of the certificate that this node shows"),
            tls.Path("keyFile", "the file of that certificate's key"));
    }
}
