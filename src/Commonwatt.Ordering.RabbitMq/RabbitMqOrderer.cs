using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Ordering;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Orders batches by a stream of a RabbitMQ cluster: the same for every validator, and there as long as most of its nodes are.</summary>
/// <remarks>
/// No method waits for the network. A position is an offset of the stream. An entry longer than a batch may be, and a
/// record of the broker's own, is read as one without bytes. All methods are called from one thread.
/// </remarks>
public sealed class RabbitMqOrderer : IOrderer, IAsyncDisposable, IDisposable
{
    private readonly EntryBuffer buffer;
    private readonly OrderReader reader;
    private readonly StreamPublisher publisher;
    private readonly Action<string> log;
    private bool isTurningAway;
    private bool isDisposed;

    private RabbitMqOrderer(BrokerSettings settings, StreamKeeping stream, uint order, BrokerSurroundings surroundings)
    {
        Order = order;
        Stream = stream.Name;
        log = surroundings.Log;
        buffer = new EntryBuffer(settings.BufferEntries, settings.BufferBytes);
        reader = new OrderReader(settings, stream, buffer, surroundings);
        publisher = new StreamPublisher(settings, stream, settings.BufferEntries, settings.BufferBytes, surroundings);
    }

    /// <inheritdoc/>
    public uint Order { get; }

    /// <summary>The stream's name.</summary>
    public string Stream { get; }

    /// <summary>How many batches the broker has not confirmed yet. Whoever proposes does well to wait while they are many.</summary>
    public int Unconfirmed => publisher.Unconfirmed;

    /// <summary>Why batches do not come in now, or do not go out, without a full stop; null while they do.</summary>
    public string? Trouble => reader.Trouble ?? publisher.Trouble;

    /// <summary>Begins to connect, for an order of a ledger.</summary>
    /// <exception cref="ArgumentException">The settings are wrong; the message says what is, in sentences.</exception>
    public static RabbitMqOrderer Open(BrokerSettings settings, Hash ledgerId, uint order, BrokerSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(surroundings);
        settings.ThrowIfWrong();
        var stream = new StreamKeeping(StreamName.OfOrder(ledgerId, order), settings.Replicas, settings.OrderBytes, settings.SegmentBytes, settings.OrderAge, settings.MayDeclare);
        return new RabbitMqOrderer(settings, stream, order, surroundings);
    }

    /// <inheritdoc/>
    /// <remarks>A batch is turned away, with a line in the log, while as many as the settings allow are not confirmed.</remarks>
    public void Publish(SignedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Publish(batch.Bytes);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(ulong position) => buffer.Take(position);

    /// <inheritdoc/>
    public void Release(ulong position) => buffer.Release(position);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            await publisher.DisposeAsync();
            await reader.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal void Publish(ReadOnlyMemory<byte> content)
    {
        bool isTaken = publisher.TryAdd(content);
        if (!isTaken && !isTurningAway)
        {
            log($"Batches are turned away: {publisher.Unconfirmed} wait for the broker to confirm them{(Trouble is { } why ? $" ({why})" : "")}.");
        }

        isTurningAway = !isTaken;
    }
}
