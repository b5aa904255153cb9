using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Publishes to a stream in order, without waiting for one to be confirmed before the next, and keeps each until it is.</summary>
/// <remarks>After a failure all that are not confirmed are published again, from the first on: so each comes at least once, and the first time each comes they are in order.</remarks>
internal sealed class StreamPublisher : IAsyncDisposable
{
    private readonly StreamKeeping stream;
    private readonly int mostEntries;
    private readonly long mostBytes;
    private readonly TimeSpan patience;
    private readonly TimeProvider clock;
    private readonly Signal work = new();
    private readonly Lock gate = new();
    private readonly Queue<Entry> unconfirmed = [];
    private readonly Dictionary<ulong, Entry> sent = [];
    private readonly BrokerLink link;
    private Queue<Entry> unsent = [];
    private ulong oldestTag;
    private ulong nextTag;
    private long bytes;
    private long lastConfirm;

    public StreamPublisher(BrokerSettings settings, StreamKeeping stream, int mostEntries, long mostBytes, BrokerSurroundings surroundings)
    {
        this.stream = stream;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
        patience = settings.Patience;
        clock = surroundings.Clock;
        link = new BrokerLink(settings, surroundings, $"publishing to {stream.Name}", RunAsync);
    }

    /// <summary>Why nothing is published now, or null.</summary>
    public string? Trouble => link.Trouble;

    /// <summary>How many are not confirmed yet.</summary>
    public int Unconfirmed
    {
        get
        {
            lock (gate)
            {
                return unconfirmed.Count;
            }
        }
    }

    /// <summary>Takes bytes that will not change, to publish them after those before.</summary>
    /// <returns>False where too much waits already: they are not taken.</returns>
    public bool TryAdd(ReadOnlyMemory<byte> content)
    {
        lock (gate)
        {
            if (IsFullFor(content))
            {
                return false;
            }

            Enqueue(content);
        }

        work.Set();
        return true;
    }

    /// <summary>As <see cref="TryAdd"/>, but forgets the oldest where too much waits.</summary>
    public void Add(ReadOnlyMemory<byte> content)
    {
        lock (gate)
        {
            while (IsFullFor(content))
            {
                Entry oldest = unconfirmed.Dequeue();
                oldest.IsForgotten = true;
                bytes -= oldest.Content.Length;
            }

            Enqueue(content);
        }

        work.Set();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        work.Dispose();
    }

    private async Task RunAsync(BrokerSession session)
    {
        await stream.EnsureAsync(session);
        IChannel channel = await session.OpenChannelAsync(confirms: true);
        channel.BasicAcksAsync += (_, acknowledged) =>
        {
            Confirm(acknowledged, session);
            return Task.CompletedTask;
        };
        channel.BasicNacksAsync += (_, _) => session.FailAsync($"it could not take an entry into {stream.Name}");
        channel.BasicReturnAsync += (_, returned) => session.FailAsync($"it knows no stream {stream.Name} ({returned.ReplyText})");
        BeginAgain();
        while (true)
        {
            while (TakeUnsent() is { } entry)
            {
                await channel.BasicPublishAsync(exchange: "", stream.Name, mandatory: true, new BasicProperties(), entry.Content, session.Over);
            }

            await work.WaitAsync(patience, clock, session.Over);
            RequireConfirms();
        }
    }

    private bool IsFullFor(ReadOnlyMemory<byte> content) =>
        unconfirmed.Count >= mostEntries || (unconfirmed.Count > 0 && bytes + content.Length > mostBytes);

    private void Enqueue(ReadOnlyMemory<byte> content)
    {
        var entry = new Entry(content);
        unconfirmed.Enqueue(entry);
        unsent.Enqueue(entry);
        bytes += content.Length;
    }

    // Tags count from 1 on each channel.
    private void BeginAgain()
    {
        lock (gate)
        {
            sent.Clear();
            oldestTag = 1;
            nextTag = 1;
            lastConfirm = clock.GetTimestamp();
            foreach (Entry entry in unconfirmed)
            {
                entry.IsConfirmed = false;
            }

            unsent = new Queue<Entry>(unconfirmed);
            if (unsent.Count == 0)
            {
                link.Worked();
            }
        }
    }

    private Entry? TakeUnsent()
    {
        lock (gate)
        {
            Entry? entry;
            do
            {
                if (!unsent.TryDequeue(out entry))
                {
                    return null;
                }
            }
            while (entry.IsForgotten);

            if (sent.Count == 0)
            {
                lastConfirm = clock.GetTimestamp();
            }

            sent.Add(nextTag, entry);
            nextTag++;
            return entry;
        }
    }

    private void Confirm(BasicAckEventArgs acknowledged, BrokerSession session)
    {
        lock (gate)
        {
            // What comes after the broker has given something back confirms nothing.
            if (session.Reason is not null)
            {
                return;
            }

            for (ulong tag = acknowledged.Multiple ? oldestTag : acknowledged.DeliveryTag; tag <= acknowledged.DeliveryTag; tag++)
            {
                if (sent.Remove(tag, out Entry? entry))
                {
                    entry.IsConfirmed = true;
                }
            }

            while (oldestTag < nextTag && !sent.ContainsKey(oldestTag))
            {
                oldestTag++;
            }

            while (unconfirmed.TryPeek(out Entry? first) && first.IsConfirmed)
            {
                bytes -= first.Content.Length;
                unconfirmed.Dequeue();
            }

            lastConfirm = clock.GetTimestamp();
        }

        link.Worked();
    }

    // A connection can look well where the stream behind it is not: another node may reach it.
    private void RequireConfirms()
    {
        lock (gate)
        {
            if (sent.Count > 0 && clock.GetElapsedTime(lastConfirm) >= patience)
            {
                throw new IOException($"it has confirmed nothing for {patience.TotalSeconds:0} s");
            }
        }
    }

    private sealed class Entry(ReadOnlyMemory<byte> content)
    {
        public ReadOnlyMemory<byte> Content { get; } = content;

        public bool IsConfirmed { get; set; }

        public bool IsForgotten { get; set; }
    }
}
