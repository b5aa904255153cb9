using System.Threading.Channels;
using RabbitMQ.Client;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Hands on what the broker delivers from a stream, one entry after the other, and asks for more as it is taken.</summary>
internal sealed class StreamConsumer : AsyncDefaultBasicConsumer
{
    private const ushort Prefetch = 64;
    private const int AcknowledgeEvery = 16;

    private readonly BrokerSession session;
    private readonly Func<ulong, ReadOnlyMemory<byte>, ValueTask> take;
    private int unacknowledged;

    private StreamConsumer(IChannel channel, BrokerSession session, Func<ulong, ReadOnlyMemory<byte>, ValueTask> take)
        : base(channel)
    {
        this.session = session;
        this.take = take;
    }

    /// <summary>Begins to consume.</summary>
    /// <param name="session">Ended when the delivery ends, or <paramref name="take"/> throws.</param>
    /// <param name="stream">The stream's name.</param>
    /// <param name="from">Where to begin: an offset (<c>long</c>), "last", or an interval such as "5m".</param>
    /// <param name="take">Gets an offset and bytes that are only good until it is done; nothing more comes until then.</param>
    /// <returns>The channel: who disposes of it ends the delivery; the session's end does so too.</returns>
    public static async Task<IChannel> StartAsync(BrokerSession session, string stream, object from, Func<ulong, ReadOnlyMemory<byte>, ValueTask> take)
    {
        IChannel channel = await session.OpenChannelAsync(confirms: false);
        await channel.BasicQosAsync(prefetchSize: 0, Prefetch, global: false, session.Over);
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-stream-offset"] = from };
        await channel.BasicConsumeAsync(stream, autoAck: false, consumerTag: "", noLocal: false, exclusive: false, arguments, new StreamConsumer(channel, session, take), session.Over);
        return channel;
    }

    /// <inheritdoc/>
    public override async Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        try
        {
            await take(OffsetOf(properties), body);
            unacknowledged++;
            if (unacknowledged == AcknowledgeEvery)
            {
                unacknowledged = 0;
                await Channel.BasicAckAsync(deliveryTag, multiple: true, session.Over);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled knows why.
        }
        catch (Exception exception) when (exception is IOException or ChannelClosedException or RabbitMQ.Client.Exceptions.RabbitMQClientException)
        {
            await session.FailAsync(exception.Message.TrimEnd('.'));
        }
    }

    /// <inheritdoc/>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        session.FailAsync("it ended the delivery of the stream");

    private static ulong OffsetOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("x-stream-offset", out object? offset) == true && offset is long number && number >= 0
            ? (ulong)number
            : throw new IOException("it delivered an entry without an offset: the queue is no stream");
}
