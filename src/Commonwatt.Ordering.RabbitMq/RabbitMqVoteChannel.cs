using System.Globalization;
using System.Threading.Channels;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Finality;

namespace Commonwatt.Ordering.RabbitMq;

/// <summary>Carries what validators say to each other on a stream of a RabbitMQ cluster. Neither method waits for the network.</summary>
/// <remarks>It begins some minutes back, so that a validator that comes back hears what was said meanwhile, and what it said itself.</remarks>
public sealed class RabbitMqVoteChannel : IVoteChannel, IAsyncDisposable, IDisposable
{
    /// <summary>The most bytes of a message; longer ones are neither sent nor received.</summary>
    public const int MostBytes = 64 * 1024;

    private const int MostWaiting = 1024;
    private const long NeverHeard = long.MinValue;
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly Channel<ReadOnlyMemory<byte>> come = Channel.CreateBounded<ReadOnlyMemory<byte>>(MostWaiting);
    private readonly BrokerSettings settings;
    private readonly StreamKeeping stream;
    private readonly TimeProvider clock;
    private readonly StreamPublisher sender;
    private readonly BrokerLink listener;
    private long heard = NeverHeard;
    private bool isDisposed;

    private RabbitMqVoteChannel(BrokerSettings settings, StreamKeeping stream, BrokerSurroundings surroundings)
    {
        this.settings = settings;
        this.stream = stream;
        Stream = stream.Name;
        clock = surroundings.Clock;
        sender = new StreamPublisher(settings, stream, MostWaiting, (long)MostWaiting * MostBytes, surroundings);
        listener = new BrokerLink(settings, surroundings, $"reading {stream.Name}", ListenAsync);
    }

    /// <summary>The stream's name.</summary>
    public string Stream { get; }

    /// <summary>Why messages do not come in now, or do not go out, without a full stop; null while they do.</summary>
    public string? Trouble => listener.Trouble ?? sender.Trouble;

    /// <summary>Begins to connect, for a ledger.</summary>
    /// <exception cref="ArgumentException">The settings are wrong; the message says what is, in sentences.</exception>
    public static RabbitMqVoteChannel Open(BrokerSettings settings, Hash ledgerId, BrokerSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(surroundings);
        settings.ThrowIfWrong();
        var stream = new StreamKeeping(StreamName.OfVotes(ledgerId), settings.Replicas, settings.VoteBytes, BrokerSettings.LeastSegment, Age: null, settings.MayDeclare);
        return new RabbitMqVoteChannel(settings, stream, surroundings);
    }

    /// <inheritdoc/>
    /// <remarks>Where more wait than can, the oldest is dropped: votes are repeated.</remarks>
    /// <exception cref="ArgumentException"><paramref name="message"/> is longer than <see cref="MostBytes"/>.</exception>
    public void Send(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MostBytes)
        {
            throw new ArgumentException($"A message has at most {MostBytes} bytes, not {message.Length}.", nameof(message));
        }

        sender.Add(message);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Receive() => come.Reader.TryRead(out ReadOnlyMemory<byte> message) ? message : default(ReadOnlyMemory<byte>?);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            await sender.DisposeAsync();
            await listener.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task ListenAsync(BrokerSession session)
    {
        await stream.EnsureAsync(session);
        await StreamConsumer.StartAsync(session, stream.Name, Since(), TakeAsync);
        Interlocked.CompareExchange(ref heard, clock.GetTimestamp(), NeverHeard);
        listener.Worked();
        long began = clock.GetTimestamp();
        while (clock.GetElapsedTime(long.Max(began, Interlocked.Read(ref heard))) < BrokerLink.LongestSilence)
        {
            await Task.Delay(BrokerLink.LongestSilence, clock, session.Over);
        }

        async ValueTask TakeAsync(ulong offset, ReadOnlyMemory<byte> message)
        {
            Interlocked.Exchange(ref heard, clock.GetTimestamp());
            if (message.Length <= MostBytes)
            {
                await come.Writer.WriteAsync(message.ToArray(), session.Over);
            }
        }
    }

    // How far back in the broker's time: to what was heard last and a little more, but never further than at the start. An offset would not do, since a stream may lose its end.
    private string Since()
    {
        TimeSpan back = Interlocked.Read(ref heard) is var last && last != NeverHeard ? clock.GetElapsedTime(last) + Overlap : settings.VotesSince;
        return string.Create(CultureInfo.InvariantCulture, $"{long.Min((long)back.TotalSeconds, (long)settings.VotesSince.TotalSeconds)}s");
    }
}
