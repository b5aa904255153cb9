using Commonwatt.Ledger.Blocks;
using RabbitMQ.Client;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Fills a buffer with the entries of a stream, from the position on that is read, and notices when some are missing.</summary>
/// <remarks>
/// The broker keeps records of its own in a stream, at the beginning of a file: they take an offset and are never
/// delivered. So a gap between two entries that were delivered one after the other is such a record, for every
/// reader alike, and counts as an entry without bytes. A gap before the first one delivered may be lost entries instead; to
/// tell, delivery begins a few entries before the wanted one.
/// </remarks>
internal sealed class OrderReader : IAsyncDisposable
{
    private const ulong LookBack = 8;

    // A file of a stream holds more entries than this, so that a longer gap is a file that was dropped.
    private const ulong MostRecords = 2;
    private static readonly TimeSpan TailWait = TimeSpan.FromSeconds(3);

    private readonly BrokerSettings settings;
    private readonly StreamKeeping stream;
    private readonly TimeProvider clock;
    private readonly EntryBuffer buffer;
    private readonly BrokerLink link;
    private long? shortSince;
    private int shortTimes;
    private long lastDelivery;

    public OrderReader(BrokerSettings settings, StreamKeeping stream, EntryBuffer buffer, BrokerSurroundings surroundings)
    {
        this.settings = settings;
        this.stream = stream;
        this.buffer = buffer;
        clock = surroundings.Clock;
        link = new BrokerLink(settings, surroundings, $"reading {stream.Name}", RunAsync);
    }

    /// <summary>Why nothing is read now, or null.</summary>
    public string? Trouble => link.Trouble;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        buffer.Dispose();
    }

    private async Task RunAsync(BrokerSession session)
    {
        await stream.EnsureAsync(session);
        while (buffer.Target.Turn == 0)
        {
            link.Worked();
            await buffer.TurnedAsync(session.Over);
        }

        (int turn, ulong wanted) = buffer.Target;
        if (wanted > 0)
        {
            await RequireTailAsync(session, turn, wanted - 1);
        }

        var delivery = new Delivery(this, session, turn, wanted);
        await StreamConsumer.StartAsync(session, stream.Name, (long)(wanted - ulong.Min(wanted, LookBack)), delivery.TakeAsync);
        link.Worked();
        Volatile.Write(ref lastDelivery, clock.GetTimestamp());

        while (buffer.Target.Turn == turn && clock.GetElapsedTime(Volatile.Read(ref lastDelivery)) < BrokerLink.LongestSilence)
        {
            await buffer.TurnedAsync(BrokerLink.LongestSilence, clock, session.Over);
        }
    }

    // A stream that lost its end would give positions that were read before to other entries. A replica may also only lag behind, so it takes patience to say so.
    private async Task RequireTailAsync(BrokerSession session, int turn, ulong last)
    {
        ulong? tail = null;
        using var reached = new Signal();
        ValueTask Take(ulong offset, ReadOnlyMemory<byte> entry)
        {
            tail = offset;
            if (offset >= last)
            {
                reached.Set();
            }

            return ValueTask.CompletedTask;
        }

        await using IChannel channel = await StreamConsumer.StartAsync(session, stream.Name, "last", Take);
        if (await reached.WaitAsync(TailWait, clock, session.Over))
        {
            shortSince = null;
            shortTimes = 0;
            return;
        }

        string found = tail is null ? "holds no entry" : $"ends at position {tail}";
        shortTimes++;
        shortSince ??= clock.GetTimestamp();
        if (shortTimes >= settings.Endpoints.Count && clock.GetElapsedTime(shortSince.Value) >= settings.Patience)
        {
            buffer.Lose(turn, $"The stream {stream.Name} {found}, but position {last} was read before: the broker has lost the end of the order. The operators have to begin a new one.");
        }

        throw new IOException($"its copy of {stream.Name} {found}, but position {last} was read before");
    }

    /// <summary>One delivery of the stream, from a position on.</summary>
    private sealed class Delivery(OrderReader reader, BrokerSession session, int turn, ulong wanted)
    {
        private ulong next = wanted;
        private bool isConnected;

        public async ValueTask TakeAsync(ulong offset, ReadOnlyMemory<byte> entry)
        {
            Volatile.Write(ref reader.lastDelivery, reader.clock.GetTimestamp());
            if (offset > next && (!isConnected || offset - next > MostRecords))
            {
                reader.buffer.Lose(turn, $"The stream {reader.stream.Name} goes on at position {offset}; position {next} is gone: get the blocks from another node.");
                await Task.Delay(Timeout.InfiniteTimeSpan, session.Over);
            }

            isConnected = true;
            for (; next < offset; next++)
            {
                reader.buffer.Add(turn, ReadOnlyMemory<byte>.Empty);
            }

            if (offset == next)
            {
                next++;
                reader.buffer.Add(turn, entry.Length > SignedBatch.MostBytes ? ReadOnlyMemory<byte>.Empty : entry.ToArray());
                await reader.buffer.RoomAsync(session.Over);
            }
        }
    }
}
