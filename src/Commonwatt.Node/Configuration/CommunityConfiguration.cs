using System.Net;

namespace Commonwatt.Node.Configuration;

/// <summary>What a node does for a community beside keeping its ledger.</summary>
internal sealed record CommunityConfiguration
{
    /// <summary>The community's time zone, by its IANA name: days and months are its.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The currency's three letters.</summary>
    public required string Currency { get; init; }

    /// <summary>Where its tables are.</summary>
    public required DatabaseConfiguration Database { get; init; }

    /// <summary>The name that passkeys are made for: the host that people see in their browser.</summary>
    public required string RelyingParty { get; init; }

    /// <summary>The addresses that the pages are opened under.</summary>
    public required IReadOnlyList<Uri> Origins { get; init; }

    /// <summary>The proxies whose word on a client's address is taken; none where the node faces its clients itself.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>The file of the key that reports readings, or null for a node that takes none.</summary>
    public string? GatewayKey { get; init; }

    /// <summary>The file of the key that bids for members who want it, or null.</summary>
    public string? AgentKey { get; init; }

    /// <summary>The file of the key that the community was founded with, or null: it grants the first manager his role.</summary>
    public string? BootstrapKey { get; init; }

    /// <summary>Whether the pages are served.</summary>
    public bool HasPages { get; init; } = true;

    /// <summary>The folder of the built pages, or null for the usual one.</summary>
    public string? PagesFolder { get; init; }

    /// <summary>Where traces and metrics go, or null.</summary>
    public Uri? TelemetryEndpoint { get; init; }

    /// <summary>Whether metrics can be read at <c>/metrics</c>.</summary>
    public bool HasMetricsPage { get; init; }
}

/// <summary>Where a community's tables are.</summary>
internal abstract record DatabaseConfiguration
{
    /// <summary>In files on this machine.</summary>
    /// <param name="Folder">Their folder.</param>
    internal sealed record Sqlite(string Folder) : DatabaseConfiguration;

    /// <summary>In a PostgreSQL database.</summary>
    /// <param name="Connection">How to connect; it may hold a password, and is never shown.</param>
    internal sealed record Postgres(string Connection) : DatabaseConfiguration
    {
        /// <inheritdoc/>
        public override string ToString() => "PostgreSQL";
    }
}
