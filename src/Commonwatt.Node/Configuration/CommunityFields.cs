using System.Net;
using Commonwatt.Node.Databases;
using NodaTime;

namespace Commonwatt.Node.Configuration;

/// <summary>Reads the part of a configuration that is about a community.</summary>
internal static class CommunityFields
{
    private const int MostOrigins = 20;
    private const int MostProxies = 20;

    /// <summary>Reads the field <c>community</c>, or returns null where it is not there or not right.</summary>
    /// <param name="node">The node's fields.</param>
    /// <param name="folder">The node's folder, which tables are kept in where nothing else is said.</param>
    /// <param name="listen">Where the node listens.</param>
    public static CommunityConfiguration? Read(ConfigurationFields node, string? folder, string listen)
    {
        if (node.Object("community", "what the node does for a community, such as {\"timeZone\": \"Europe/Lisbon\"}") is not { } fields)
        {
            return null;
        }

        fields.Allow("timeZone", "currency", "relyingParty", "origins", "trustedProxies", "gatewayKey", "agentKey", "bootstrapKey", "pages", "pagesFolder", "database", "telemetry");
        string timeZone = TimeZone(fields);
        string currency = Currency(fields);
        IReadOnlyList<Uri> origins = Origins(fields, listen);
        string relyingParty = RelyingParty(fields, origins);
        IReadOnlyList<IPAddress> proxies = TrustedProxies(fields);
        string? gatewayKey = fields.Path("gatewayKey", "the file of the gateway's key, such as 'gateway.pem'");
        string? agentKey = fields.Path("agentKey", "the file of the agent's key, such as 'agent.pem'");
        string? bootstrapKey = fields.Path("bootstrapKey", "the file of the key that the community was founded with, such as 'manager.pem'");
        bool hasPages = fields.Flag("pages", usual: true);
        string? pagesFolder = fields.Path("pagesFolder", "the folder of the built pages", mustExist: false);
        DatabaseConfiguration? database = ReadDatabase(fields, folder);
        (Uri? endpoint, bool hasMetricsPage) = ReadTelemetry(fields);
        return database is null ? null : new CommunityConfiguration
        {
            TimeZone = timeZone,
            Currency = currency,
            Database = database,
            RelyingParty = relyingParty,
            Origins = origins,
            TrustedProxies = proxies,
            GatewayKey = gatewayKey,
            AgentKey = agentKey,
            BootstrapKey = bootstrapKey,
            HasPages = hasPages,
            PagesFolder = pagesFolder,
            TelemetryEndpoint = endpoint,
            HasMetricsPage = hasMetricsPage,
        };
    }

    /// <summary>What is wrong with an address that pages are to be opened under, as a sentence; or null.</summary>
    public static string? FaultOfOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? null
            : $"'{text}' is no address that pages can be opened under; give https and a host, such as 'https://energy.example.org', or http and 'localhost' for this machine alone.";

    private static string TimeZone(ConfigurationFields fields)
    {
        string text = fields.Text("timeZone", "the community's time zone, such as 'Europe/Lisbon'", isRequired: true) ?? "UTC";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is null)
        {
            fields.Refuse("timeZone", $"'{text}' is no IANA time zone; give one such as 'Europe/Lisbon'.");
        }

        return text;
    }

    private static string Currency(ConfigurationFields fields)
    {
        string text = fields.Text("currency", "the currency's three letters, such as 'EUR'") ?? "EUR";
        if (text.Length != 3 || !text.All(char.IsAsciiLetterUpper))
        {
            fields.Refuse("currency", $"'{text}' is no currency; give its three capital letters, such as 'EUR'.");
        }

        return text;
    }

    private static Uri[] Origins(ConfigurationFields fields, string listen)
    {
        const string Right = "the addresses that people open the pages under, such as [\"https://energy.example.org\"]";
        var origins = new List<Uri>();
        foreach (string text in fields.Texts("origins", MostOrigins, Right))
        {
            if (FaultOfOrigin(text) is { } fault)
            {
                fields.Refuse("origins", fault);
            }
            else
            {
                origins.Add(new Uri(text));
            }
        }

        return origins.Count > 0 || !Uri.TryCreate(listen, UriKind.Absolute, out Uri? own) ? [.. origins] : [new UriBuilder(own) { Host = "localhost" }.Uri];
    }

    private static List<IPAddress> TrustedProxies(ConfigurationFields fields)
    {
        var proxies = new List<IPAddress>();
        foreach (string text in fields.Texts("trustedProxies", MostProxies, "the addresses of the proxies before the node, such as [\"127.0.0.1\"]"))
        {
            if (IPAddress.TryParse(text, out IPAddress? proxy))
            {
                proxies.Add(proxy);
            }
            else
            {
                fields.Refuse("trustedProxies", $"'{text}' is no network address; give the address that the proxy connects from, such as '127.0.0.1'.");
            }
        }

        return proxies;
    }

    private static string RelyingParty(ConfigurationFields fields, IReadOnlyList<Uri> origins)
    {
        string usual = origins.Count > 0 ? origins[0].Host : "localhost";
        string text = fields.Text("relyingParty", "the host that passkeys are made for, such as 'energy.example.org'") ?? usual;
        foreach (Uri origin in origins.Where(origin => !string.Equals(origin.Host, text, StringComparison.OrdinalIgnoreCase) && !origin.Host.EndsWith("." + text, StringComparison.OrdinalIgnoreCase)))
        {
            fields.Refuse("relyingParty", $"browsers make no passkey for '{text}' on pages of '{origin.Host}'; give that host, or one that it is below.");
        }

        return text;
    }

    private static DatabaseConfiguration? ReadDatabase(ConfigurationFields community, string? folder)
    {
        if (community.Object("database", "where the tables are: {\"kind\": \"sqlite\"} or {\"kind\": \"postgres\", \"connectionFile\": \"database.txt\"}") is not { } fields)
        {
            return folder is null ? null : new DatabaseConfiguration.Sqlite(folder);
        }

        fields.Allow("kind", "folder", "connectionFile", "connection");
        switch (fields.Text("kind", "'sqlite' or 'postgres'", isRequired: true))
        {
            case "sqlite":
                return (fields.Path("folder", "the folder for the tables", mustExist: false) ?? folder) is { } place ? new DatabaseConfiguration.Sqlite(place) : null;
            case "postgres":
                return ReadPostgres(fields);
            case { } other:
                fields.Refuse("kind", $"'{other}' is no kind of database; give 'sqlite' or 'postgres'.");
                return null;
            default:
                return null;
        }
    }

    private static DatabaseConfiguration.Postgres? ReadPostgres(ConfigurationFields fields)
    {
        const string Right = "a file with the connection string in its first line, such as 'Host=127.0.0.1;Database=commonwatt;Username=commonwatt;Password=…'";
        string? connection = fields.Secret("connection");
        if (connection is null && fields.Path("connectionFile", Right, isRequired: true) is { } file && File.Exists(file))
        {
            connection = File.ReadLines(file).FirstOrDefault();
        }

        if (connection is null)
        {
            return null;
        }

        if (PostgresDatabase.FindFault(connection) is { } fault)
        {
            fields.Refuse("connectionFile", $"the connection string cannot be used: {fault} Give {Right}.");
            return null;
        }

        return new DatabaseConfiguration.Postgres(connection);
    }

    private static (Uri? Endpoint, bool HasMetricsPage) ReadTelemetry(ConfigurationFields community)
    {
        if (community.Object("telemetry", "where traces and metrics go, such as {\"endpoint\": \"http://127.0.0.1:4317\"}") is not { } fields)
        {
            return (null, false);
        }

        fields.Allow("endpoint", "metricsPage");
        bool hasPage = fields.Flag("metricsPage");
        if (fields.Text("endpoint", "where an OpenTelemetry collector listens, such as 'http://127.0.0.1:4317'") is not { } text)
        {
            return (null, hasPage);
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) && endpoint.Scheme is "http" or "https")
        {
            return (endpoint, hasPage);
        }

        fields.Refuse("endpoint", $"'{text}' is no address of a collector; give one such as 'http://127.0.0.1:4317'.");
        return (null, hasPage);
    }
}
