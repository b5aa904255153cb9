using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>One connection to one node of the broker, until it fails.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private const ushort AccessRefused = 403;

    // The most that a broker can be set to take: an entry that the library refused to read could not be passed over, and would stop every reader.
    private const uint LongestEntry = 512 * 1024 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly IConnection connection;
    private readonly string user;
    private readonly CancellationTokenSource over;
    private string? reason;

    private BrokerSession(IConnection connection, string user, CancellationToken stopping)
    {
        this.connection = connection;
        this.user = user;
        over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        connection.ConnectionShutdownAsync += (_, shutdown) => FailAsync(Describe(shutdown));
    }

    /// <summary>Cancelled once the connection, or a channel of it, is of no more use.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>Why it is over, if the broker or the network ended it.</summary>
    public string? Reason => Volatile.Read(ref reason);

    /// <summary>Connects. The library's own recovery is off: it would republish nothing, and hide what was lost.</summary>
    public static async Task<BrokerSession> ConnectAsync(BrokerSettings settings, BrokerEndpoint endpoint, string purpose, Action<string> onBlocked, CancellationToken stopping)
    {
        var factory = new ConnectionFactory
        {
            VirtualHost = settings.VirtualHost,
            UserName = settings.User,
            Password = settings.ReadPassword(),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            MaxInboundMessageBodySize = LongestEntry,
            ClientProvidedName = $"commonwatt, {purpose}",
        };
        AmqpTcpEndpoint address = settings.Tls is { } tls ? new(endpoint.Host, endpoint.Port, tls.For(endpoint.Host)) : new(endpoint.Host, endpoint.Port);
        IConnection connection = await factory.CreateConnectionAsync([address], stopping);
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            onBlocked(blocked.Reason);
            return Task.CompletedTask;
        };
        return new BrokerSession(connection, settings.User, stopping);
    }

    /// <summary>A channel; that the broker closes it ends the session.</summary>
    public async Task<IChannel> OpenChannelAsync(bool confirms)
    {
        IChannel channel = await connection.CreateChannelAsync(new CreateChannelOptions(confirms, publisherConfirmationTrackingEnabled: false), Over);
        channel.ChannelShutdownAsync += (_, shutdown) => shutdown.Initiator == ShutdownInitiator.Application ? Task.CompletedTask : FailAsync(Describe(shutdown));
        return channel;
    }

    /// <summary>A channel for questions whose answer may be that the broker closes it. To dispose of it would wait for a broker that does not answer: it ends with the session.</summary>
    public Task<IChannel> OpenTrialChannelAsync() => connection.CreateChannelAsync(options: null, Over);

    /// <summary>Ends the session for a reason, a sentence without its full stop.</summary>
    public async Task FailAsync(string why)
    {
        Interlocked.CompareExchange(ref reason, why, comparand: null);
        try
        {
            await over.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The library tells of the end of a connection once more when it is over already.
        }
    }

    /// <summary>What an exception of the client library, or of the network below it, says at its root.</summary>
    public static string Describe(Exception exception, string user) => exception switch
    {
        OperationInterruptedException { ShutdownReason: { } shutdown } => Describe(shutdown, user),
        AuthenticationFailureException => $"it refuses the account {user} or its password",
        OperationCanceledException or TimeoutException => "it does not answer",
        AggregateException { InnerExceptions: [var first, ..] } => Describe(first, user),
        { InnerException: { } inner } => Describe(inner, user),
        _ => exception.Message.TrimEnd('.'),
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A consumer that waits for room would keep the library waiting for it.
        await over.CancelAsync();
        await connection.AbortAsync(Farewell);
        await connection.DisposeAsync();
        over.Dispose();
    }

    private string Describe(ShutdownEventArgs shutdown) => Describe(shutdown, user);

    private static string Describe(ShutdownEventArgs shutdown, string user) => shutdown.ReplyCode == AccessRefused
        ? $"the account {user} is not allowed to do this ({shutdown.ReplyText.TrimEnd('.')})"
        : shutdown.Exception is { } exception ? Describe(exception, user) : shutdown.ReplyText.TrimEnd('.');
}
