using System.Globalization;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>How to reach a broker, who one is there, and how the streams are kept.</summary>
public sealed record BrokerSettings
{
    // So that a file holds several of the longest entries: by that the reader tells a dropped file from the broker's own records.
    internal const long LeastSegment = 8_000_000;

    /// <summary>The nodes of the broker's cluster, at least one. Any of them will do; one that fails is left for the next.</summary>
    public required IReadOnlyList<BrokerEndpoint> Endpoints { get; init; }

    /// <summary>The broker's virtual host, which should hold nothing else.</summary>
    public string VirtualHost { get; init; } = "commonwatt";

    /// <summary>The account's name.</summary>
    public required string User { get; init; }

    /// <summary>The file that holds the account's password in its first line. Either this or <see cref="PasswordVariable"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The environment variable that holds the account's password. Either this or <see cref="PasswordFile"/>.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>How the connection is encrypted; null for not at all, which only connections within one machine may be.</summary>
    public BrokerTls? Tls { get; init; }

    /// <summary>Whether to make streams that the broker does not hold. The account needs the right to configure them.</summary>
    /// <remarks>One process at most may: two that make the same stream at the same time can leave the broker with half of one.</remarks>
    public bool MayDeclare { get; init; }

    /// <summary>On how many nodes of the broker a stream that is made here is kept, 1 to 9.</summary>
    public int Replicas { get; init; } = 3;

    /// <summary>About how many bytes of the order a stream that is made here keeps, before the oldest entries go. 20 GB unless told.</summary>
    /// <remarks>Whole files go, and what is published at the same moment stands in one file: keep far more than can wait to be published. Three times <see cref="SegmentBytes"/> is the least.</remarks>
    public long OrderBytes { get; init; } = 20_000_000_000;

    /// <summary>How old entries of the order may become, in whole days at least one; null for any age.</summary>
    public TimeSpan? OrderAge { get; init; }

    /// <summary>How many bytes of votes a stream that is made here keeps. 200 MB unless told.</summary>
    public long VoteBytes { get; init; } = 200_000_000;

    /// <summary>How many bytes a file of a stream has, 8 MB to 3 GB; only whole files are dropped. 100 MB unless told. Files of votes have 8 MB.</summary>
    public long SegmentBytes { get; init; } = 100_000_000;

    /// <summary>How far back in time to begin hearing votes, in whole minutes: from 1 to 60.</summary>
    public TimeSpan VotesSince { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many bytes of the order to hold ahead of the reader, and of own batches that the broker has not confirmed. 64 MiB each unless told.</summary>
    public long BufferBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many entries and own batches to hold, each. At least 16.</summary>
    public int BufferEntries { get; init; } = 4096;

    /// <summary>How long to bear silence where there should be an answer: an unconfirmed batch, or a broker that holds less than was read.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the settings, a sentence each; none if they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Endpoints.Count == 0)
        {
            yield return "No broker is named: give at least one as host:port.";
        }

        if (Tls is null && Endpoints.FirstOrDefault(endpoint => !endpoint.IsThisMachine) is { } far)
        {
            yield return $"The connection to the broker {far} would carry the password unencrypted over a network: set TLS.";
        }

        if (string.IsNullOrWhiteSpace(User))
        {
            yield return "The broker's account has no name.";
        }

        if (PasswordFile is null == PasswordVariable is null)
        {
            yield return "Name either the file or the environment variable that holds the password of the broker's account, and not both.";
        }

        foreach (string problem in LimitProblems().Concat(Tls?.Problems() ?? []))
        {
            yield return problem;
        }
    }

    internal void ThrowIfWrong()
    {
        if (string.Join(' ', Problems()) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems);
        }
    }

    // Read anew for every connection, so that a password can be changed without a restart.
    internal string ReadPassword()
    {
        string? password = PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : Environment.GetEnvironmentVariable(PasswordVariable!);
        return string.IsNullOrEmpty(password)
            ? throw new IOException(PasswordFile is null ? $"The environment variable {PasswordVariable} holds no password." : $"The file {PasswordFile} holds no password in its first line.")
            : password;
    }

    private IEnumerable<string> LimitProblems()
    {
        if (Replicas is < 1 or > 9)
        {
            yield return $"A stream is kept on 1 to 9 nodes, not on {Replicas}.";
        }

        if (SegmentBytes is < LeastSegment or > 3_000_000_000)
        {
            yield return $"A file of a stream has {LeastSegment} to 3000000000 bytes, not {SegmentBytes}.";
        }

        if (OrderBytes < 3 * SegmentBytes)
        {
            yield return $"A stream that keeps {OrderBytes} bytes in files of {SegmentBytes} would drop what was just written: keep at least {3 * SegmentBytes}.";
        }

        if (VoteBytes < 3 * LeastSegment)
        {
            yield return $"Votes are kept in at least {3 * LeastSegment} bytes, not in {VoteBytes}.";
        }

        if (OrderAge is { } age && (age < TimeSpan.FromDays(1) || age.Ticks % TimeSpan.TicksPerDay != 0))
        {
            yield return $"The age of the order's entries is told in whole days, not as {age.ToString("c", CultureInfo.InvariantCulture)}.";
        }

        if (VotesSince < TimeSpan.FromMinutes(1) || VotesSince > TimeSpan.FromHours(1) || VotesSince.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            yield return $"Votes are heard from 1 to 60 whole minutes back, not from {VotesSince.ToString("c", CultureInfo.InvariantCulture)}.";
        }

        if (BufferBytes < 4 * 1024 * 1024 || BufferEntries < 16)
        {
            yield return $"A buffer of {BufferBytes} bytes and {BufferEntries} entries is too small: at least 4194304 bytes and 16 entries.";
        }

        if (Patience < TimeSpan.FromSeconds(1))
        {
            yield return "The patience with a silent broker is at least a second.";
        }
    }
}
