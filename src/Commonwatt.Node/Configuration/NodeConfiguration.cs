namespace Commonwatt.Node.Configuration;

/// <summary>What <c>node --config</c> reads: where a node's files are, where it listens, and how it takes part. Paths are whole.</summary>
internal sealed record NodeConfiguration
{
    /// <summary>Where the ledger, the votes and the snapshots are.</summary>
    public required string Folder { get; init; }

    /// <summary>The file with the encoded genesis.</summary>
    public required string Genesis { get; init; }

    /// <summary>The file with the validator's private key (PEM), or null for a follower.</summary>
    public string? Key { get; init; }

    /// <summary>Where to listen, such as <c>http://127.0.0.1:7100</c>.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:7100";

    /// <summary>The other nodes.</summary>
    public IReadOnlyList<Uri> Peers { get; init; } = [];

    /// <summary>Where batches get their order.</summary>
    public required OrderConfiguration Order { get; init; }

    /// <summary>After how many blocks to write a snapshot; 0 for never.</summary>
    public int SnapshotEvery { get; init; } = 1000;

    /// <summary>A file of validators of today, from a source that is trusted; or null.</summary>
    public string? TrustedValidators { get; init; }

    /// <summary>Files of blocks that other validators signed before the order was lost, as <c>voted</c> writes them.</summary>
    public IReadOnlyList<string> Carried { get; init; } = [];

    /// <summary>Whether the key is new: it never signed a vote anywhere.</summary>
    public bool IsKeyNew { get; init; }

    /// <summary>Whether the log is lines of JSON, for programs, instead of lines for people.</summary>
    public bool HasJsonLog { get; init; }

    /// <summary>What the node does for a community beside keeping its ledger, or null for nothing.</summary>
    public CommunityConfiguration? Community { get; init; }
}

/// <summary>Where batches get their order.</summary>
internal abstract record OrderConfiguration
{
    /// <summary>In this process and on this disk: for a ledger of one validator.</summary>
    internal sealed record Local : OrderConfiguration;

    /// <summary>By a RabbitMQ cluster.</summary>
    internal sealed record Broker : OrderConfiguration
    {
        /// <summary>Its nodes, as <c>host:port</c>.</summary>
        public required IReadOnlyList<string> Endpoints { get; init; }

        /// <summary>The virtual host.</summary>
        public string VirtualHost { get; init; } = "commonwatt";

        /// <summary>The account.</summary>
        public required string User { get; init; }

        /// <summary>The file with the account's password in its first line.</summary>
        public required string PasswordFile { get; init; }

        /// <summary>Which order of batches it is; a greater one begins only after the one before was lost.</summary>
        public uint Number { get; init; }

        /// <summary>Whether this node makes the streams where the broker has none.</summary>
        public bool MakesStreams { get; init; }

        /// <summary>On how many nodes of the broker streams that are made here are kept.</summary>
        public int Replicas { get; init; } = 3;

        /// <summary>How the connection is encrypted, or null.</summary>
        public TlsConfiguration? Tls { get; init; }
    }
}

/// <summary>How a connection to the broker is encrypted.</summary>
/// <param name="ServerName">The name that the broker's certificate bears, or null for the endpoint's host.</param>
/// <param name="AuthorityFile">The certificates of the authorities that are trusted, or null for the machine's.</param>
/// <param name="CertificateFile">The certificate that this node shows, or null.</param>
/// <param name="KeyFile">Its key, or null.</param>
internal sealed record TlsConfiguration(string? ServerName, string? AuthorityFile, string? CertificateFile, string? KeyFile);
